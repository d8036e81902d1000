//! Downloads packages from Typst Universe.

use std::any::Any;
use std::io::{self, Read};
use std::time::Duration;

use typst_kit::downloader::Downloader;

/// The timeouts for connecting, and for the whole response.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(120);

/// An HTTPS client that uses the system's certificates and the proxy from the environment.
pub struct HttpsDownloader(ureq::Agent);

impl HttpsDownloader {
    /// A client, which doesn't connect yet.
    pub fn new() -> Self {
        let tls = ureq::tls::TlsConfig::builder()
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("scrollback/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(TIMEOUT))
            .build();
        Self(config.into())
    }
}

impl Downloader for HttpsDownloader {
    fn stream(&self, _: &dyn Any, url: &str) -> io::Result<(Option<usize>, Box<dyn Read>)> {
        let response = self.0.get(url).call().map_err(|error| match error {
            // The registry's response for an unknown package.
            ureq::Error::StatusCode(404) => io::Error::from(io::ErrorKind::NotFound),
            error => io::Error::other(format!("cannot reach {url}: {error}")),
        })?;
        let body = response.into_body();
        let length = body
            .content_length()
            .and_then(|length| usize::try_from(length).ok());
        Ok((length, Box::new(body.into_reader())))
    }
}
