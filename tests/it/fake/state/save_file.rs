//! The file in which a server saves its state.

use clerk_client::TokioTransport;
use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
use clerk_client::transport::HttpTransport;
use serde_json::{Value, json};

async fn save(server: &FakeServer) -> (u16, Value) {
    let request =
        clerk_client::http::Request::post(server.url().replace("v1", "__clerk_mock/save"));
    let request = request.body(Default::default()).unwrap();
    let response = TokioTransport::new().unwrap().send(request).await.unwrap();
    let body = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), body)
}

#[tokio::test]
async fn a_server_saves_its_state_on_demand_and_when_it_stops() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let (status, body) = save(&server).await;
    assert_eq!(status, 400, "{body}");
    assert_eq!(body["errors"][0]["code"], "save_file_missing");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let builder = FakeServer::builder(FakeClerk::new()).save_to(&path);
    let server = builder.start().await.unwrap();
    for (name, on_demand) in [("user_ada", true), ("user_alan", false)] {
        server.fake().add(FakeUser::new(name));
        if on_demand {
            assert_eq!(save(&server).await, (200, json!({ "saved": true })));
        }
    }
    let read = || FakeClerk::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert!(read().user("user_ada").is_some() && read().user("user_alan").is_none());
    server.shutdown_and_save().await.unwrap();
    assert!(read().user("user_alan").is_some());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let missing = folder.path().join("missing").join("state.json");
    let builder = FakeServer::builder(FakeClerk::new()).save_to(&missing);
    let server = builder.start().await.unwrap();
    let (status, body) = save(&server).await;
    assert_eq!(
        (status, &body["errors"][0]["code"]),
        (500, &json!("save_failed"))
    );
    let error = server.shutdown_and_save().await.unwrap_err();
    assert!(
        error.to_string().contains(missing.to_str().unwrap()),
        "{error}"
    );
}

#[tokio::test]
#[cfg(unix)]
async fn a_state_is_saved_where_a_symbolic_link_leads() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let [file, second, first] = ["saved/state.json", "saved/link", "state.json"].map(|name| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    });
    symlink("state.json", &second).unwrap();
    symlink(&second, &first).unwrap();
    // The first server creates the file, and the second one replaces it.
    for name in ["user_ada", "user_alan"] {
        let fake = FakeClerk::new();
        fake.add(FakeUser::new(name));
        let builder = FakeServer::builder(fake).save_to(&first);
        let server = builder.start().await.unwrap();
        server.shutdown_and_save().await.unwrap();
        assert!(first.is_symlink() && second.is_symlink() && !file.is_symlink());
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(FakeClerk::from_json(&text).unwrap().user(name).is_some());
    }
}
