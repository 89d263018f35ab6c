//! Who may ask（入口）: this machine's own browser that was given the first address, and nobody else.
//!
//! | danger | what holds it off |
//! |---|---|
//! | another machine | the socket is bound to 127.0.0.1 |
//! | another user of this machine | a secret in the first address, then a cookie that no script reads |
//! | a page of another site that a name leads here (DNS rebinding) | `Host` must be this address |
//! | a page of another site that sends something here (CSRF) | `SameSite=Strict`, `Origin` must be this address, a header that a form cannot send |
//! | text that would be code | a policy that allows this server's own files alone, and no text is ever HTML |

use std::fmt::Write as _;
use std::sync::Mutex;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use crate::Error;

/// The header without which nothing is changed. Its value does not matter: a page of another site cannot send it unasked.
pub(super) const ASKED_BY_DESK: HeaderName = HeaderName::from_static("x-hyoka-desk");

/// What a page of this server may load: its own files, nothing from outside, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The secrets of one run（この起動の鍵）.
pub(super) struct Gate {
    port: u16,
    token: String,
    pass: String,
    /// A token that opens once: for an address that stands in the list of processes, which others of this machine can read.
    once: Mutex<Option<String>>,
}

/// What is to be done with a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Answer it.
    Pass,
    /// It brought the token: give it the cookie and send it to the clean address.
    Exchange,
    /// Refuse it.
    Refuse(Refusal),
}

/// Why a question is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It was meant for another host.
    Host,
    /// It comes from another site.
    Origin,
    /// It brought no secret.
    Secret,
}

impl Gate {
    /// New secrets for a port.
    ///
    /// # Errors
    /// [`Error::NoSecret`].
    pub(super) fn new(port: u16) -> Result<Self, Error> {
        Ok(Self { port, token: secret()?, pass: secret()?, once: Mutex::new(None) })
    }

    /// The first address.
    pub(super) fn address(&self) -> String {
        self.address_with(&self.token)
    }

    /// An address that opens the desk once. The one that was made before opens no more.
    ///
    /// # Errors
    /// [`Error::NoSecret`].
    pub(super) fn address_once(&self) -> Result<String, Error> {
        let token = secret()?;
        let address = self.address_with(&token);
        *self.once.lock().expect("nobody panics while he holds the token") = Some(token);
        Ok(address)
    }

    fn address_with(&self, token: &str) -> String {
        format!("http://127.0.0.1:{}/?token={token}", self.port)
    }

    fn opens(&self, token: &str) -> bool {
        if is_same(token, &self.token) {
            return true;
        }
        let mut once = self.once.lock().expect("nobody panics while he holds the token");
        once.take_if(|once| is_same(token, once)).is_some()
    }

    /// The cookie's name: of two desks on one machine each has its own.
    fn cookie(&self) -> String {
        format!("hyoka-{}", self.port)
    }

    fn is_here(&self, host: &str) -> bool {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)].iter().any(|here| here == host)
    }

    /// Judges a question by what stands at its head.
    pub(super) fn judge(&self, request: &Request) -> Verdict {
        let headers = request.headers();
        let Some(host) = one(headers, &header::HOST).filter(|host| self.is_here(host)) else {
            return Verdict::Refuse(Refusal::Host);
        };
        let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
        let is_own = |origin: &str| origin.strip_prefix("http://") == Some(host);
        let is_from_here = match (headers.contains_key(header::ORIGIN), one(headers, &header::ORIGIN)) {
            (false, _) => is_safe,
            (true, origin) => origin.is_some_and(is_own),
        };
        if !is_from_here || (!is_safe && !headers.contains_key(ASKED_BY_DESK)) {
            return Verdict::Refuse(Refusal::Origin);
        }
        if self.has_pass(headers) {
            return Verdict::Pass;
        }
        let query = request.uri().query().unwrap_or_default();
        let token = query.split('&').find_map(|pair| pair.strip_prefix("token="));
        if is_safe && request.uri().path() == "/" && token.is_some_and(|token| self.opens(token)) {
            return Verdict::Exchange;
        }
        Verdict::Refuse(Refusal::Secret)
    }

    fn has_pass(&self, headers: &HeaderMap) -> bool {
        let prefix = format!("{}=", self.cookie());
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut passes = lines.flat_map(|line| line.split(';')).filter_map(|one| one.trim().strip_prefix(&prefix));
        passes.any(|pass| is_same(pass, &self.pass))
    }

    /// The answer to somebody who brought the token.
    pub(super) fn exchange(&self) -> Response {
        let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie(), self.pass);
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let headers = response.headers_mut();
        headers.insert(header::LOCATION, HeaderValue::from_static("/"));
        headers.insert(header::SET_COOKIE, HeaderValue::try_from(cookie).expect("a name and hexadecimal digits"));
        response
    }
}

impl Refusal {
    /// The answer.
    pub(super) fn response(self) -> Response {
        let (status, words) = match self {
            Self::Host => (StatusCode::MISDIRECTED_REQUEST, "この宛先ではお答えできません。（wrong host）\n"),
            Self::Origin => (StatusCode::FORBIDDEN, "ほかのサイトからの求めには応じません。（wrong origin）\n"),
            Self::Secret => (
                StatusCode::FORBIDDEN,
                "「hyoka serve」が画面に示した最初のアドレスから開いてください。（open the address that hyoka serve printed）\n",
            ),
        };
        let mut response = Response::new(Body::from(words));
        *response.status_mut() = status;
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
        response
    }
}

/// Puts on every answer what keeps a browser from doing anything else with it.
pub(super) fn guard(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// The value of a header that stands once.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// 256 bits from the system, in hexadecimal.
fn secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoSecret)?;
    let mut text = String::with_capacity(64);
    bytes.iter().for_each(|byte| write!(text, "{byte:02x}").expect("a string takes all"));
    Ok(text)
}

/// Whether two words are the same, in a time that tells nothing of where they differ.
fn is_same(given: &str, secret: &str) -> bool {
    let differing = given.bytes().zip(secret.bytes()).fold(0, |found, (one, other)| found | (one ^ other));
    given.len() == secret.len() && differing == 0
}
