//! Which question has which answer（問いと答え）. Each question is answered on a thread of [`Works`]; this file waits for none.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::answering::{OpinionsAsked, answers, opinions};
use super::answers::{item, search, tree, uses_elsewhere};
use super::assets::asset;
use super::beginning::{beginnings, begun};
use super::changing::{changed_rows, declare};
use super::fault::Fault;
use super::figure::{OfFigure, change_figure, figure};
use super::findings::findings;
use super::finishing::{FormAsked, finish, form_workbook};
use super::fixing::mend;
use super::gate::{ASKED_BY_DESK, Gate, Verdict, guard};
use super::hearing::{OfCase, change_hearing, hearing};
use super::live::Live;
use super::making::{made, make};
use super::marks::settle_marks;
use super::measures::change_measures;
use super::moving::moved;
use super::records::{OfGroup, change_records, records};
use super::saving::{Edit, Then, drafted, mark, save, sign_off, step};
use super::sheets::Asked;
use super::works::Works;
use super::{Mode, Stop};
use crate::diagnostic::Lang;
use crate::name::{CaseId, Slug};
use crate::render::PageForm;
use crate::write::Way;

/// Most bytes of a question: a text of an assessment has a tenth of it.
const BODY_MAX_BYTES: usize = 2 * 1024 * 1024;

/// Most bytes of a returned workbook; what it may unpack to is bounded by who reads it.
const WORKBOOK_MAX_BYTES: usize = 32 * 1024 * 1024;

/// A sign of life for a browser that listens, so that it notices when the desk is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Most pixels across a page that is drawn as points; beyond it its outlines are sent.
const ACROSS_MOST: u16 = 1800;

/// Everything that an answer needs.
pub(super) struct App {
    pub(super) gate: Gate,
    pub(super) live: Arc<Live>,
    pub(super) works: Works,
    pub(super) stopped: watch::Receiver<Stop>,
}

type Shared = State<Arc<App>>;
type Answer = Result<Response, Fault>;

/// All questions.
pub(super) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(|| async { file("index.html") }))
        .route("/assets/{name}", get(|Path(name): Path<String>| async move { file(&name) }))
        .route("/api/desk", get(desk))
        .route("/api/town", get(town))
        .route("/api/item", get(one_item))
        .route("/api/findings", get(town_findings))
        .route("/api/search", get(found))
        .route("/api/pages", post(pages))
        .route("/api/page/{key}/{number}", get(page))
        .route("/api/ready", post(ready))
        .route("/api/check", post(check_draft))
        .route("/api/save", post(save_item))
        .route("/api/undo", post(|app: Shared, request: Request| take_step(app, request, Way::Undo)))
        .route("/api/redo", post(|app: Shared, request: Request| take_step(app, request, Way::Redo)))
        .route("/api/mark", post(mark_differences))
        .route("/api/unmark", post(take_marks))
        .route("/api/change", post(declare_change))
        .route("/api/uses", get(all_uses))
        .route("/api/group", get(one_group))
        .route("/api/record", post(change_record))
        .route("/api/measure", post(change_measure))
        .route("/api/figure", get(one_figure).post(write_figure))
        .route("/api/hearing", get(one_hearing).post(write_hearing))
        .route("/api/changes", post(changed))
        .route("/api/sign", post(sign))
        .route("/api/make", post(make_documents))
        .route("/api/made", get(made_document))
        .route("/api/answers", post(returned))
        .route("/api/opinions", post(returned_opinions))
        .route("/api/form", post(returned_form))
        .route("/api/finish", post(finish_round))
        .route("/api/fix", post(mend_mistake))
        .route("/api/begin", get(what_can_begin).post(begin_something))
        .route("/api/move", post(move_case))
        .route("/api/news", get(news))
        .fallback(|| async { Fault::Unknown.into_response() })
        .layer(from_fn_with_state(app.clone(), guarded))
        .with_state(app)
}

/// Lets through who may ask, and guards every answer.
async fn guarded(State(app): Shared, request: Request, next: Next) -> Response {
    let mut response = match app.gate.judge(&request) {
        Verdict::Pass => next.run(request).await,
        Verdict::Exchange => app.gate.exchange(),
        Verdict::Refuse(refusal) => refusal.response(),
    };
    // An answer knows no language; the desk does.
    if let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() {
        let (status, words) = fault.said(app.live.lang);
        response = said(&words);
        *response.status_mut() = status;
    }
    guard(&mut response);
    response
}

fn file(name: &str) -> Response {
    match asset(name) {
        Some(asset) => typed(asset.media_type, Body::from(asset.bytes)),
        None => Fault::Unknown.into_response(),
    }
}

fn typed(media_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

fn said(value: &impl serde::Serialize) -> Response {
    typed("application/json", Body::from(serde_json::to_vec(value).expect("plain data")))
}

// Its words are put in by `guarded`.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// What a question says, bounded.
async fn body<T: DeserializeOwned>(request: Request) -> Result<(T, String), Response> {
    let browser = browser(request.headers());
    let bytes = to_bytes(request.into_body(), BODY_MAX_BYTES).await.map_err(|_| too_large())?;
    let asked = serde_json::from_slice(&bytes).map_err(|_| Fault::Unfit("json").into_response())?;
    Ok((asked, browser))
}

fn too_large() -> Response {
    let mut response = said(&json!({ "fault": "too-large" }));
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}

/// Which browser asks, as it names itself; told to the others with what it wrote.
fn browser(headers: &HeaderMap) -> String {
    let named = headers.get(ASKED_BY_DESK).and_then(|name| name.to_str().ok()).unwrap_or_default();
    named.chars().filter(char::is_ascii_alphanumeric).take(32).collect()
}

/// Has a question answered on another thread.
async fn work(app: &App, answer: impl FnOnce(&Live) -> Result<Json, Fault> + Send + 'static) -> Answer {
    let live = app.live.clone();
    app.works.run(move || answer(&live)).await?.map(|json| said(&json))
}

async fn desk(State(app): Shared) -> Answer {
    work(&app, |live| {
        let slugs = live.session().municipalities()?;
        let names: BTreeMap<Slug, String> = live.session().names()?;
        let towns: Vec<Json> = slugs
            .iter()
            .map(|slug| json!({ "slug": slug, "name": names.get(slug).map_or(slug.as_str(), String::as_str) }))
            .collect();
        let lang = match live.lang {
            Lang::Ja => "ja",
            Lang::En => "en",
        };
        let step = live.writing().standing();
        Ok(json!({
            "towns": towns, "lang": lang, "state": live.state(), "step": step,
            "read_only": live.mode == Mode::ReadOnly,
        }))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct OfTown {
    town: Slug,
    #[serde(default)]
    words: String,
}

async fn town(State(app): Shared, Query(asked): Query<OfTown>) -> Answer {
    work(&app, move |live| tree(&*live.town(&asked.town)?, &asked.town)).await
}

async fn town_findings(State(app): Shared, Query(asked): Query<OfTown>) -> Answer {
    work(&app, move |live| {
        let found = findings(&*live.town(&asked.town)?, &asked.town, live.lang)?;
        Ok(serde_json::to_value(&found).expect("plain data"))
    })
    .await
}

async fn found(State(app): Shared, Query(asked): Query<OfTown>) -> Answer {
    work(&app, move |live| search(&*live.town(&asked.town)?, &asked.town, &asked.words)).await
}

#[derive(Debug, Deserialize)]
struct OfItem {
    town: Slug,
    case: CaseId,
    #[serde(default)]
    form: String,
    path: String,
}

async fn one_item(State(app): Shared, Query(asked): Query<OfItem>) -> Answer {
    work(&app, move |live| {
        let checked = live.town(&asked.town)?;
        item(&checked, (&asked.town, &asked.case, &asked.form), &asked.path)
    })
    .await
}

/// A state that nobody has saved yet, and what is asked of it.
#[derive(Debug, Deserialize)]
struct Drafted {
    #[serde(flatten)]
    asked: Asked,
    /// What is typed and not saved.
    #[serde(default)]
    edits: Vec<Edit>,
}

async fn pages(app: Shared, request: Request) -> Response {
    of_draft(app, request, "pages", |live, Drafted { asked, edits }, browser| {
        let checked = live.town(&asked.town)?;
        let draft = live.draft(&checked, drafted(&checked, &edits)?);
        let told = live.sheets.set((&draft.model, &draft.workspace.sources), &asked, (browser, live.lang))?;
        Ok(serde_json::to_value(&told).expect("plain data"))
    })
    .await
}

/// Somebody is going to write what stands on the page in sight.
async fn ready(app: Shared, request: Request) -> Response {
    of_draft(app, request, "ready", |live, Drafted { asked, .. }, _| {
        live.sheets.ready(&live.town(&asked.town)?.model, &asked);
        Ok(Json::Bool(true))
    })
    .await
}

async fn check_draft(app: Shared, request: Request) -> Response {
    of_draft(app, request, "check", |live, Drafted { asked, edits }, _| {
        let checked = live.town(&asked.town)?;
        let draft = live.draft(&checked, drafted(&checked, &edits)?);
        let judged = draft.judged();
        let found = findings(&judged, &asked.town, live.lang)?;
        // Nobody waits until it is taken apart.
        rayon::spawn(move || drop(judged));
        Ok(serde_json::to_value(&found).expect("plain data"))
    })
    .await
}

/// The rows of all changes of a form, with their pages.
async fn changed(app: Shared, request: Request) -> Response {
    of_draft(app, request, "changes", |live, Drafted { asked, .. }, _| changed_rows(live, &asked)).await
}

/// Has a question about a state that nobody has saved yet answered, if the same browser asks no newer one of its kind meanwhile.
async fn of_draft(
    State(app): Shared,
    request: Request,
    kind: &str,
    answer: impl FnOnce(&Live, Drafted, &str) -> Result<Json, Fault> + Send + 'static,
) -> Response {
    let (asked, browser) = match body::<Drafted>(request).await {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let live = app.live.clone();
    match app.works.run_newest(format!("{browser} {kind}"), move || answer(&live, asked, &browser)).await {
        Ok(Ok(told)) => said(&told),
        Ok(Err(fault)) => fault.into_response(),
        Err(none) => Fault::from(none).into_response(),
    }
}

/// How large a page is looked at.
#[derive(Debug, Deserialize)]
struct Looked {
    /// Pixels across; none: sharp at every size.
    across: Option<u16>,
}

async fn page(
    State(app): Shared,
    Path((key, number)): Path<(u64, usize)>,
    Query(Looked { across }): Query<Looked>,
) -> Answer {
    let live = app.live.clone();
    // A picture of many points takes longer than its outlines.
    let form = across.filter(|across| *across <= ACROSS_MOST).map_or(PageForm::Svg, PageForm::Across);
    let drawn = app.works.run(move || live.sheets.page(key, number, form)).await?;
    let page = drawn.ok_or(Fault::Unknown)?;
    Ok(typed(form.media_type(), Body::from(page)))
}

async fn save_item(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, edit: Edit, browser| save(live, &edit, browser)).await
}

async fn mark_differences(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| mark(live, &asked, browser)).await
}

async fn take_marks(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| settle_marks(live, &asked, browser)).await
}

async fn all_uses(State(app): Shared, Query(asked): Query<OfTown>) -> Answer {
    work(&app, move |live| uses_elsewhere(live, &asked.town, &asked.words.into())).await
}

async fn one_group(State(app): Shared, Query(asked): Query<OfGroup>) -> Answer {
    work(&app, move |live| records(&*live.town(&asked.town)?, &asked)).await
}

async fn change_record(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| change_records(live, &asked, browser)).await
}

async fn change_measure(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| change_measures(live, &asked, browser)).await
}

async fn one_figure(State(app): Shared, Query(asked): Query<OfFigure>) -> Answer {
    work(&app, move |live| figure(&*live.town(&asked.town)?, &asked)).await
}

async fn write_figure(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| change_figure(live, &asked, browser)).await
}

async fn one_hearing(State(app): Shared, Query(asked): Query<OfCase>) -> Answer {
    work(&app, move |live| hearing(&*live.town(&asked.town)?, &asked)).await
}

async fn write_hearing(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| change_hearing(live, &asked, browser)).await
}

async fn declare_change(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| declare(live, &asked, browser)).await
}

async fn sign(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| sign_off(live, &asked, browser)).await
}

async fn make_documents(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| make(live, &asked, browser)).await
}

#[derive(Debug, Deserialize)]
struct OfMade {
    path: String,
}

/// A finished document, to be kept as a file: a browser never opens it as a page of the desk.
async fn made_document(State(app): Shared, Query(asked): Query<OfMade>) -> Answer {
    let live = app.live.clone();
    let (name, bytes) = app.works.run(move || made(&live, &asked.path)).await??;
    let mut response = typed("application/octet-stream", Body::from(bytes));
    let encoded = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
    let kept = HeaderValue::try_from(format!("attachment; filename*=UTF-8''{encoded}"));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, kept.expect("it is encoded"));
    Ok(response)
}

#[derive(Debug, Deserialize)]
struct OfReturned {
    name: String,
    then: Then,
}

async fn returned(app: Shared, Query(asked): Query<OfReturned>, request: Request) -> Response {
    of_workbook(app, request, move |live, bytes, browser| answers(live, (&asked.name, bytes), asked.then, browser))
        .await
}

async fn returned_opinions(app: Shared, Query(asked): Query<OpinionsAsked>, request: Request) -> Response {
    of_workbook(app, request, move |live, bytes, browser| opinions(live, &asked, bytes, browser)).await
}

async fn returned_form(app: Shared, Query(asked): Query<FormAsked>, request: Request) -> Response {
    of_workbook(app, request, move |live, bytes, browser| form_workbook(live, &asked, bytes, browser)).await
}

/// Has a workbook that was sent as it is read on another thread.
async fn of_workbook(
    State(app): Shared,
    request: Request,
    read: impl FnOnce(&Live, Vec<u8>, &str) -> Result<Json, Fault> + Send + 'static,
) -> Response {
    let browser = browser(request.headers());
    let Ok(bytes) = to_bytes(request.into_body(), WORKBOOK_MAX_BYTES).await else { return too_large() };
    work(&app, move |live| read(live, bytes.to_vec(), &browser)).await.into_response()
}

async fn mend_mistake(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| mend(live, &asked, browser)).await
}

async fn what_can_begin(State(app): Shared) -> Answer {
    work(&app, beginnings).await
}

async fn begin_something(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| begun(live, &asked, browser)).await
}

async fn move_case(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| moved(live, &asked, browser)).await
}

async fn finish_round(State(app): Shared, request: Request) -> Response {
    ordered(&app, request, |live, asked, browser| finish(live, &asked, browser)).await
}

async fn take_step(State(app): Shared, request: Request, way: Way) -> Response {
    ordered(&app, request, move |live, _: Json, browser| step(live, way, browser)).await
}

/// Has an order carried out on another thread.
async fn ordered<T: DeserializeOwned + Send + 'static>(
    app: &App,
    request: Request,
    carry_out: impl FnOnce(&Live, T, &str) -> Result<Json, Fault> + Send + 'static,
) -> Response {
    let (asked, browser) = match body::<T>(request).await {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    work(app, move |live| carry_out(live, asked, &browser)).await.into_response()
}

/// What a browser is told that was too slow: whatever changed, it reads anew.
fn missed() -> String {
    "data: {\"kind\":\"changed\",\"state\":0,\"paths\":[],\"by\":\"\"}\n\n".to_owned()
}

/// News as they come（server-sent events）, until the desk is closed.
async fn news(State(app): Shared) -> Response {
    let (heard, stopped) = (app.live.news.subscribe(), app.stopped.clone());
    let stream = futures_util::stream::unfold((heard, stopped), |(mut heard, mut stopped)| async move {
        let words = {
            let next = tokio::time::timeout(HEARTBEAT, heard.recv());
            let closing = stopped.wait_for(|stop| *stop == Stop::Now);
            match futures_util::future::select(Box::pin(next), Box::pin(closing)).await {
                futures_util::future::Either::Left((next, _)) => match next {
                    Ok(Ok(news)) => format!("data: {}\n\n", serde_json::to_string(&news).expect("plain data")),
                    Ok(Err(RecvError::Lagged(_))) => missed(),
                    Ok(Err(RecvError::Closed)) => return None,
                    Err(_) => ":\n\n".to_owned(),
                },
                futures_util::future::Either::Right(_) => return None,
            }
        };
        Some((Ok::<_, Infallible>(words), (heard, stopped)))
    });
    typed("text/event-stream", Body::from_stream(stream))
}
