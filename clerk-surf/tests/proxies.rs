//! The transport ignores the proxy of the environment, whether it is valid or not.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first unexpected result"
)]

use std::env;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use clerk_core::HttpTransport;
use clerk_surf::SurfTransport;

/// The variable that tells the child process which URL to request.
const URL: &str = "TEST_URL";

#[test]
fn no_proxy_of_the_environment_is_used() {
    // The transport runs in a child process, because a process cannot safely change its own
    // environment.
    if let Ok(url) = env::var(URL) {
        let transport = SurfTransport::new().unwrap();
        let request = http::Request::get(url).body(Default::default()).unwrap();
        let response = smol::block_on(transport.send(request)).unwrap();
        assert_eq!(response.body(), "direct");
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap();
            assert!(head.get(..read).unwrap().starts_with(b"GET / HTTP/1.1"));
            let response = b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\ndirect";
            stream.write_all(response).unwrap();
        }
    });
    for proxy in [
        "http://127.0.0.1:1",
        "http://127.0.0.1:1\n",
        " ",
        "htp://127.0.0.1:1",
        "http://user:pass word@127.0.0.1:1",
        "127.0.0.1:8080:1",
    ] {
        let mut child = Command::new(env::current_exe().unwrap());
        child
            .env(URL, &url)
            .env_remove("NO_PROXY")
            .env_remove("no_proxy");
        for scheme in ["http", "https", "all"] {
            child.env(format!("{scheme}_proxy"), proxy);
            child.env(format!("{}_PROXY", scheme.to_uppercase()), proxy);
        }
        let output = child.output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{proxy:?}: {printed}");
    }
}
