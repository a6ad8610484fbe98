//! The address of an HTTP proxy, and tunnels through it.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;

use http::uri::Scheme;
use http::{StatusCode, Uri};
use hyper::rt::{Read, ReadBuf, Write};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// The maximum size of a proxy's response head, in bytes.
const MAX_HEAD: usize = 8 << 10;

/// A proxy for HTTPS, and the hosts that are reached without it.
#[derive(Clone)]
pub(crate) struct Proxy(Arc<Matcher>);

impl Proxy {
    /// Creates a proxy from its address and the excluded hosts. `None` if the address is empty.
    ///
    /// # Errors
    ///
    /// Returns the reason why the address is invalid, without the address.
    pub(crate) fn new(address: &str, except: &str) -> Result<Option<Self>, String> {
        Self::named("proxy", address, except)
    }

    /// Reads the proxy from the environment. `None` if neither `HTTPS_PROXY` nor `ALL_PROXY` is
    /// set. An empty variable is treated as unset.
    ///
    /// # Errors
    ///
    /// Returns the name of the invalid variable and the reason, without the value.
    pub(crate) fn from_env() -> Result<Option<Self>, String> {
        // `HTTP_PROXY` is not used. A malformed value is still an error, because the other
        // variables are then often malformed, too.
        if let Some((name, value)) = read(["HTTP_PROXY", "http_proxy"])?
            && let Err(Invalid::Malformed(why)) = parse(&value)
        {
            return Err(format!("invalid {name}: {why}"));
        }
        let except = read(["NO_PROXY", "no_proxy"])?;
        let except = except.map_or(String::new(), |(_, value)| value);
        for names in [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]] {
            if let Some((name, value)) = read(names)? {
                return Self::named(name, &value, &except);
            }
        }
        Ok(None)
    }

    fn named(name: &str, address: &str, except: &str) -> Result<Option<Self>, String> {
        if address.is_empty() {
            return Ok(None);
        }
        let invalid = |why: Invalid| format!("invalid {name}: {}", why.reason());
        let address = parse(address).map_err(invalid)?;
        let matcher = |except| Matcher::builder().https(&*address).no(except).build();
        // The matcher ignores an address that it cannot parse.
        let any = Uri::from_static("https://any.invalid/");
        if matcher("").intercept(&any).is_none() {
            return Err(invalid(Invalid::Malformed(FORM)));
        }
        Ok(Some(Self(Arc::new(matcher(except)))))
    }

    /// Returns the proxy for a target. `None` for plain HTTP and for excluded hosts.
    pub(crate) fn intercept(&self, target: &Uri) -> Option<Intercept> {
        let https = target.scheme() == Some(&Scheme::HTTPS);
        https.then(|| self.0.intercept(target)).flatten()
    }
}

/// Reads the first of these variables that is set and not empty. `None` if all are unset or empty.
fn read(names: [&'static str; 2]) -> Result<Option<(&'static str, String)>, String> {
    for name in names {
        let value = std::env::var_os(name).unwrap_or_default().into_string();
        let value = value.map_err(|_| format!("invalid {name}: it is not UTF-8"))?;
        if !value.is_empty() {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

/// The form of a valid address, for error messages.
const FORM: &str = "it does not have the form http://[user:password@]host[:port]; percent-encode \
                    special characters in the user name and the password";

/// The reason why an address is invalid.
enum Invalid {
    Malformed(&'static str),
    Unsupported(&'static str),
}

impl Invalid {
    fn reason(&self) -> String {
        match self {
            Self::Malformed(why) => (*why).to_owned(),
            Self::Unsupported(scheme) => {
                format!("only http proxies are supported, not {scheme}; use http://host:port")
            }
        }
    }
}

/// Checks an address, and returns it with the scheme `http`.
fn parse(address: &str) -> Result<String, Invalid> {
    const UNSUPPORTED: [&str; 6] = ["https", "socks", "socks4", "socks4a", "socks5", "socks5h"];
    if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Invalid::Malformed(
            "it contains a blank, a line break or a character that is not ASCII; remove it, or \
             percent-encode it in the user name or the password",
        ));
    }
    let (scheme, rest) = match address.split_once("://") {
        Some(parts) => parts,
        // An `http:` without slashes is malformed. Without this branch, `http` would be read as a
        // user or a host.
        None if address.to_ascii_lowercase().starts_with("http:") => ("", address),
        None => ("http", address),
    };
    if !scheme.eq_ignore_ascii_case("http") {
        let known = |name: &&&str| scheme.eq_ignore_ascii_case(name);
        let unsupported = UNSUPPORTED.iter().find(known);
        // The error does not quote an unknown scheme, because it may be a part of a password.
        return Err(unsupported.map_or(Invalid::Malformed(FORM), |name| Invalid::Unsupported(name)));
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (user, host_port) = rest.rsplit_once('@').unwrap_or(("", rest));
    let malformed = Invalid::Malformed(FORM);
    if user.contains('@') || rest.contains(['/', '?', '#', '\\']) || !is_percent_encoded(user) {
        return Err(malformed);
    }
    let address = format!("http://{rest}/");
    let Ok(uri) = address.parse::<Uri>() else {
        return Err(malformed);
    };
    let host = uri.host().unwrap_or_default();
    let port = host_port.strip_prefix(host);
    let port_is_valid = port.is_some_and(|port| match port.strip_prefix(':') {
        Some(number) => number.parse::<u16>().is_ok_and(|number| number > 0),
        None => port.is_empty(),
    });
    if host.is_empty() || !port_is_valid {
        return Err(malformed);
    }
    Ok(address)
}

/// Whether each `%` starts an encoded byte.
fn is_percent_encoded(text: &str) -> bool {
    let mut parts = text.split('%').skip(1);
    parts.all(|part| {
        let digits = part.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Requests a tunnel to `target` from the proxy at the other end of `stream`.
///
/// # Errors
///
/// Returns an error if the connection breaks, or if the proxy refuses or does not answer in HTTP/1.
/// The error of a refusal names the status.
pub(crate) async fn open_tunnel(
    stream: &mut (impl Read + Write + Unpin),
    proxy: &Intercept,
    target: &Uri,
) -> io::Result<()> {
    let (host, port) = (target.host().unwrap_or_default(), target.port_u16());
    let authority = format!("{host}:{}", port.unwrap_or(443));
    let mut request = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
    if let Some(authorization) = proxy.basic_auth() {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(authorization.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    let exchange = async {
        write_all(stream, &request).await?;
        read_status(stream).await
    };
    let status = exchange.await.map_err(name_the_proxy)?;
    if status.is_success() {
        return Ok(());
    }
    let hint = match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => "check the user name and the password",
        _ => "ask its administrator to allow this host",
    };
    Err(io::Error::other(format!(
        "the proxy answered {status} to CONNECT {authority}; {hint}"
    )))
}

/// Replaces the error of a closed connection by an error that names the proxy. Returns any other
/// error unchanged.
fn name_the_proxy(error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::WriteZero => io::Error::new(
            ErrorKind::UnexpectedEof,
            "the proxy closed the connection; is it an HTTP proxy?",
        ),
        _ => error,
    }
}

async fn write_all(stream: &mut (impl Write + Unpin), mut data: &[u8]) -> io::Result<()> {
    while !data.is_empty() {
        let written = poll_fn(|context| Pin::new(&mut *stream).poll_write(context, data)).await?;
        if written == 0 {
            return Err(ErrorKind::WriteZero.into());
        }
        data = data.get(written..).unwrap_or_default();
    }
    poll_fn(|context| Pin::new(&mut *stream).poll_flush(context)).await
}

/// Reads a response head and no byte beyond it. Returns the status.
async fn read_status(stream: &mut (impl Read + Unpin)) -> io::Result<StatusCode> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < MAX_HEAD {
        let mut byte = [0];
        let mut buffer = ReadBuf::new(&mut byte);
        poll_fn(|context| Pin::new(&mut *stream).poll_read(context, buffer.unfilled())).await?;
        if buffer.filled().is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(buffer.filled());
    }
    let status = head
        .strip_prefix(b"HTTP/1.")
        .and_then(|rest| rest.split(|&byte| matches!(byte, b' ' | b'\r')).nth(1))
        .and_then(|code| StatusCode::from_bytes(code).ok());
    status
        .filter(|_| head.ends_with(b"\r\n\r\n"))
        .ok_or_else(|| io::Error::other("the proxy did not answer in HTTP/1; is it an HTTP proxy?"))
}
