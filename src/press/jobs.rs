//! All documents, those that are cited before those that cite them, on every core.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::audiences::Audiences;
use super::compose::{Job, Key, fingerprint};
use super::output::{Artifact, Finished, ManifestEntry, artifact};
use super::stamp::{DocumentStamp, SourceStamp, Stamps, hash_of, program};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::tree::{Block, Document, Flow, Meta, Paper, Part, Section, SectionLayout};
use crate::document::{Composed, PageIndex};
use crate::model::ItemPath;
use crate::model::manifest::{Audience, Format};
use crate::name::{CaseName, DocumentName, Reach, Slug};
use crate::page::{Paged, Typesetter, TypesetterError, forget};
use crate::render::{self, Given, RENDERERS, Renderer, Wants};
use crate::session::Wanted;
use crate::source::Templates;
use crate::write::Output;

/// Told of the progress of a build（進み具合）.
pub trait Progress: Sync {
    /// So many documents are to be made.
    fn begin(&self, total: usize);
    /// One is done.
    fn done(&self, name: &str);
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _total: usize) {}
    fn done(&self, _name: &str) {}
}

/// What to make, and from what.
pub(super) struct Order<'a> {
    pub(super) audiences: &'a Audiences,
    /// Whose audiences; none: each document's usual one.
    pub(super) audience: Option<Audience>,
    pub(super) templates: &'a Templates,
    pub(super) wanted: &'a Wanted,
    /// What the folder remembers of each municipality.
    pub(super) before: &'a BTreeMap<Slug, Stamps>,
    pub(super) output: &'a Output,
    /// Whether nothing is made after it, and the program ends.
    pub(super) is_last: bool,
}

/// What was made.
#[derive(Default)]
pub(super) struct Done {
    /// Those that were asked for.
    pub(super) documents: Vec<Finished>,
    /// Names of all documents that such an order makes, each with its readers.
    pub(super) defined: BTreeMap<DocumentName, Audience>,
    /// Names of all documents that are issued to anybody.
    pub(super) issued: BTreeSet<DocumentName>,
    /// Names of all documents that were there to be asked for.
    pub(super) names: Vec<DocumentName>,
    /// Cases of which a document could not be set.
    pub(super) failed: BTreeSet<CaseName>,
    pub(super) diagnostics: Diagnostics,
    pub(super) made: usize,
    pub(super) kept: usize,
}

impl Done {
    /// Takes out the documents of cases that must not be written.
    pub(super) fn keep_back(&mut self, cases: &BTreeSet<Reach>) {
        let is_blocked = |name: &DocumentName| cases.contains(&Reach::from(name.case.clone()));
        let all = self.documents.len();
        self.documents.retain(|document| !is_blocked(&document.name));
        self.made = self.made.saturating_sub(all - self.documents.len());
        self.defined.retain(|name, _| !is_blocked(name));
    }
}

/// Stack of a worker: the typesetter recurses deeply.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Makes all wanted documents.
pub(super) fn run(order: &Order<'_>, progress: &dyn Progress) -> Result<Done, Error> {
    let jobs = order.audiences.jobs(order.audience);
    let wanted: BTreeSet<Key> = jobs.iter().filter(|job| order.wanted.has(&job.name())).map(Job::key).collect();
    let asked: Vec<Job<'_>> = jobs.iter().filter(|job| wanted.contains(&job.key())).copied().collect();
    let cited: BTreeSet<Key> = asked.iter().filter_map(Job::cites).collect();
    progress.begin(wanted.len());
    let shop = Workshop {
        order,
        typesetter: Typesetter::new(order.templates),
        pictures: Mutex::new(BTreeMap::new()),
        progress,
        templates: templates_hash(order.templates),
        cited: &cited,
        wanted: &wanted,
        left: AtomicUsize::new(asked.len()),
        is_roomy: asked.len() < std::thread::available_parallelism().map_or(1, usize::from),
        indexes: Mutex::new(BTreeMap::new()),
        results: Mutex::new(Vec::new()),
    };
    let measured = cited.iter().filter(|key| !wanted.contains(*key)).filter_map(|key| order.audiences.job(key));
    let (second, first): (Vec<Job<'_>>, Vec<Job<'_>>) =
        asked.iter().copied().chain(measured).partition(|job| job.cites().is_some());
    shop.work(&first);
    shop.work(&second);
    let results = shop.results.into_inner().expect("no worker panicked while it held the results");
    Ok(collect(&jobs, results, order))
}

/// A figure as a picture; none where nothing is drawn, or why it could not be.
type Drawn = Result<Option<render::Picture>, TypesetterError>;

type Made = Result<Finished, Box<Diagnostic>>;

/// Shared by the workers.
struct Workshop<'a> {
    order: &'a Order<'a>,
    typesetter: Typesetter,
    /// Figures that were drawn, by the hash of what they show: several workbooks show the same ones.
    pictures: Mutex<BTreeMap<String, Arc<OnceLock<Drawn>>>>,
    progress: &'a dyn Progress,
    templates: String,
    cited: &'a BTreeSet<Key>,
    wanted: &'a BTreeSet<Key>,
    /// How many of the documents that were asked for are not done.
    left: AtomicUsize,
    /// Whether there are more cores than documents.
    is_roomy: bool,
    indexes: Mutex<BTreeMap<Key, PageIndex>>,
    results: Mutex<Vec<(Key, Made, Fresh)>>,
}

/// Whether a document was made or kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fresh {
    Made,
    Kept,
}

impl Workshop<'_> {
    /// Plain threads that take the next job: the typesetter's own pool must not be nested in another.
    ///
    /// One worker takes the largest documents first, the others the smallest: two large ones at once would need twice the memory
    /// and gain little, since the typesetter uses every core for one.
    fn work(&self, jobs: &[Job<'_>]) {
        let mut sorted: Vec<Job<'_>> = jobs.to_vec();
        sorted.sort_by_key(|job| std::cmp::Reverse(job.weight()));
        let queue = Mutex::new(VecDeque::from(sorted));
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
        std::thread::scope(|scope| {
            for worker in 0..workers {
                let queue = &queue;
                let next = move || {
                    let mut queue = queue.lock().expect("no worker panics while it holds the queue");
                    if worker == 0 { queue.pop_front() } else { queue.pop_back() }
                };
                std::thread::Builder::new()
                    .stack_size(STACK_BYTES)
                    .spawn_scoped(scope, move || {
                        while let Some(job) = next() {
                            let (made, fresh) = self.one(&job);
                            if self.wanted.contains(&job.key()) {
                                self.left.fetch_sub(1, Ordering::Relaxed);
                            }
                            self.progress.done(&job.name().to_string());
                            let mut results = self.results.lock().expect("no worker panics while it holds the results");
                            results.push((job.key(), made, fresh));
                        }
                    })
                    .expect("the system gives as many threads as it has cores");
            }
        });
    }

    fn one(&self, job: &Job<'_>) -> (Made, Fresh) {
        let index = job.cites().and_then(|cited| {
            self.indexes.lock().expect("no worker panics while it holds the indexes").get(&cited).cloned()
        });
        let composed = match job.compose(index.as_ref()) {
            Ok(composed) => composed,
            Err(diagnostic) => return (Err(diagnostic), Fresh::Made),
        };
        let mut input = fingerprint(&composed);
        input.extend_from_slice(self.templates.as_bytes());
        input.extend_from_slice(job.case.date.to_string().as_bytes());
        input.extend(job.stamp().rows().concat().concat().into_bytes());
        let input = hash_of(&input);
        let name = job.name();
        if let Some(stamp) = self.order.before.get(&name.case.municipality).and_then(|of| of.documents.get(&name))
            && stamp.audience == job.audience
            && stamp.input == input
            && stamp.is_whole(self.order.output)
            && (stamp.index.is_some() || !self.cited.contains(&job.key()))
        {
            self.remember(job, stamp.index.as_ref());
            return (Ok(finished(job, Vec::new(), stamp.clone(), self.wanted.contains(&job.key()))), Fresh::Kept);
        }
        (self.make(job, &composed, input), Fresh::Made)
    }

    fn make(&self, job: &Job<'_>, composed: &Composed, input: String) -> Made {
        let wanted = self.wanted.contains(&job.key());
        let (mut artifacts, mut index) = (Vec::new(), None);
        match composed {
            Composed::Document(document) => (artifacts, index) = self.rendered(job, document)?,
            Composed::Comments(book) => {
                let bytes = render::comment_workbook(book, job.case.date);
                let bytes = bytes.map_err(|error| typesetter_fault(job, &error.to_string()))?;
                artifacts.push(artifact(job.name().file(Format::Xlsx.extension()), bytes));
            }
            Composed::Checklist(book) => {
                let bytes = render::checklist_workbook(book, job.case.date)
                    .map_err(|error| typesetter_fault(job, &error.to_string()))?;
                artifacts.push(artifact(job.name().file(Format::Xlsx.extension()), bytes));
            }
        }
        self.remember(job, index.as_ref());
        let files = artifacts.iter().map(|artifact| (artifact.path.clone(), artifact.sha256.clone())).collect();
        Ok(finished(job, artifacts, self.stamp(job, input, index, files), wanted))
    }

    /// A document in each of its formats; set once, and only for who wants pages. Where a core has nothing else to do, it makes those that
    /// want none meanwhile.
    fn rendered(
        &self,
        job: &Job<'_>,
        document: &Document,
    ) -> Result<(Vec<Artifact>, Option<PageIndex>), Box<Diagnostic>> {
        let of = |renderer: &&Renderer| job.definition.formats.contains(&renderer.format);
        let (of_pages, others): (Vec<&Renderer>, Vec<&Renderer>) =
            RENDERERS.iter().filter(of).partition(|renderer| renderer.wants == Wants::Pages);
        let (name, templates) = (job.name(), self.html_templates());
        let ident = name.to_string();
        let stamp = (job.audience == Audience::Submission).then(|| job.stamp());
        let make = |renderer: &Renderer, paged: Option<&Paged>, pictures: &BTreeMap<ItemPath, render::Picture>| {
            let (ident, stamp, templates, date) = (ident.as_str(), stamp.as_ref(), &templates, job.case.date);
            let given = Given { document, paged, pictures, stamp, templates, ident, date };
            let bytes = (renderer.render)(&given).map_err(|error| typesetter_fault(job, &error))?;
            Ok::<Artifact, Box<Diagnostic>>(artifact(name.file(renderer.format.extension()), bytes))
        };
        let is_cited = self.cited.contains(&job.key());
        let is_paged = !of_pages.is_empty() || is_cited;
        let paged = || {
            if !is_paged {
                return Ok((Vec::new(), None));
            }
            let paged = self.typeset(job, document)?;
            // What is set only to be cited is not written.
            let wanted = of_pages.iter().filter(|_| self.wanted.contains(&job.key()));
            let made =
                wanted.map(|renderer| make(renderer, Some(&paged), &BTreeMap::new())).collect::<Result<_, _>>()?;
            let index = Some(paged.index);
            self.forget();
            Ok::<(Vec<Artifact>, Option<PageIndex>), Box<Diagnostic>>((made, index))
        };
        let unpaged = || {
            let draws = others.iter().any(|renderer| renderer.wants == Wants::Pictures);
            let pictures = if draws { self.pictures(job, document)? } else { BTreeMap::new() };
            others.iter().map(|renderer| make(renderer, None, &pictures)).collect::<Result<Vec<Artifact>, _>>()
        };
        let (paged, unpaged) = if is_paged && !others.is_empty() && self.is_roomy {
            std::thread::scope(|scope| {
                let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, unpaged);
                let worker = worker.expect("the system gives as many threads as it has cores");
                let paged = paged();
                (paged, worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            })
        } else {
            (paged(), unpaged())
        };
        let ((mut artifacts, index), unpaged) = (paged?, unpaged?);
        artifacts.extend(unpaged);
        Ok((artifacts, index))
    }

    /// What is remembered of a document; the source that it was made from is written down with the folder.
    #[expect(clippy::unused_self, reason = "reads as a property of the workshop beside its siblings")]
    fn stamp(
        &self,
        job: &Job<'_>,
        input: String,
        index: Option<PageIndex>,
        files: BTreeMap<String, String>,
    ) -> DocumentStamp {
        DocumentStamp {
            audience: job.audience,
            source: SourceStamp::default(),
            input,
            index,
            files,
            entries: Vec::new(),
        }
    }

    /// The figures of a document as pictures.
    fn pictures(
        &self,
        job: &Job<'_>,
        document: &Document,
    ) -> Result<BTreeMap<ItemPath, render::Picture>, Box<Diagnostic>> {
        let mut pictures = BTreeMap::new();
        for (path, alone) in figures(document) {
            let drawn = self.drawn(&alone);
            let picture = drawn.get().cloned().expect("it was drawn just now");
            pictures.extend(picture.map_err(|error| fault(job, error))?.map(|picture| (path, picture)));
        }
        self.forget();
        Ok(pictures)
    }

    /// Forgets what the typesetter remembers of a document, unless it is the last: a program that ends need not tidy up.
    fn forget(&self) {
        if !self.order.is_last || self.left.load(Ordering::Relaxed) > 1 {
            forget();
        }
    }

    /// A figure, drawn once for all workbooks that show it.
    fn drawn(&self, figure: &Document) -> Arc<OnceLock<Drawn>> {
        let shown = serde_json::to_vec(figure).expect("documents hold only strings, numbers and lists");
        let slot = {
            let mut pictures = self.pictures.lock().expect("no worker panics while it holds the pictures");
            pictures.entry(hash_of(&shown)).or_default().clone()
        };
        slot.get_or_init(|| self.typesetter.typeset(figure).map(|paged| render::picture(&paged)));
        slot
    }

    fn typeset(&self, job: &Job<'_>, document: &Document) -> Result<Paged, Box<Diagnostic>> {
        self.typesetter.typeset(document).map_err(|error| fault(job, error))
    }

    fn html_templates(&self) -> render::HtmlTemplates {
        render::HtmlTemplates::of(self.order.templates)
    }

    fn remember(&self, job: &Job<'_>, index: Option<&PageIndex>) {
        if let Some(index) = index {
            let mut indexes = self.indexes.lock().expect("no worker panics while it holds the indexes");
            indexes.insert(job.key(), index.clone());
        }
    }
}

/// Why a document could not be set, said of its definition.
pub(super) fn fault(job: &Job<'_>, error: TypesetterError) -> Box<Diagnostic> {
    match error {
        TypesetterError::Unstable => {
            let unstable = Diagnostic::new(Code::LayoutUnstable, place(job)).with("document", job.name());
            Box::new(unstable.with("passes", "5"))
        }
        TypesetterError::Template(detail) => typesetter_fault(job, &detail),
    }
}

fn typesetter_fault(job: &Job<'_>, detail: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::Typesetter, place(job)).with("document", job.name()).with("detail", detail))
}

fn place(job: &Job<'_>) -> Span {
    Span::new(job.municipality.file, job.definition.id.range.clone())
}

/// Each figure of a form as a document of its own, by its path: nothing but the figure is on its page.
fn figures(document: &Document) -> Vec<(ItemPath, Document)> {
    let mut found = Vec::new();
    for section in &document.sections {
        for flow in section.blocks.iter().flat_map(flows) {
            let empty = String::new;
            let meta = Meta {
                // Of the document nothing but the looks is on the page.
                title: empty(),
                author: empty(),
                description: empty(),
                footer: empty(),
                footer_left: empty(),
                header_right: empty(),
                version: empty(),
                title_lines: Vec::new(),
                paper: Paper::A4,
                ..document.meta.clone()
            };
            let figure = Block::Flow(Flow { title: Vec::new(), ..flow.clone() });
            let (heading, note, layout) = (empty(), empty(), SectionLayout::Flows);
            let section = Section { heading, note, layout, blocks: vec![figure], ..Section::clone(section) };
            found.push((flow.path.clone(), Document { meta, sections: vec![Arc::new(section)] }));
        }
    }
    found
}

/// The figures of a block, those in the cells of a list too.
fn flows(block: &Block) -> Vec<&Flow> {
    match block {
        Block::Flow(flow) => vec![flow],
        Block::Grid(grid) => {
            let parts = grid.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts);
            parts.filter_map(|part| if let Part::Flow(flow) = part { Some(flow) } else { None }).collect()
        }
        Block::Band { .. }
        | Block::Rows { .. }
        | Block::Rich { .. }
        | Block::Heading { .. }
        | Block::Line { .. }
        | Block::Records { .. } => Vec::new(),
    }
}

/// Hash of all templates and of the program, for the documents' stamps.
fn templates_hash(templates: &Templates) -> String {
    let mut all = program();
    for (path, text) in templates.below("") {
        all.push_str(path);
        all.push_str(text);
    }
    hash_of(all.as_bytes())
}

/// Results in the order of the definitions; documents that were only measured are no results.
fn collect(jobs: &[Job<'_>], results: Vec<(Key, Made, Fresh)>, order: &Order<'_>) -> Done {
    let audiences = [Audience::Submission, Audience::Public];
    let every = audiences.into_iter().flat_map(|audience| order.audiences.every_job(audience));
    let mut done = Done {
        documents: Vec::new(),
        defined: jobs.iter().map(Job::key).collect(),
        issued: every.filter(|job| job.definition.audience.has(job.audience)).map(|job| job.name()).collect(),
        names: jobs.iter().map(Job::name).collect(),
        failed: BTreeSet::new(),
        diagnostics: Diagnostics::new(),
        made: 0,
        kept: 0,
    };
    let mut by_key: BTreeMap<Key, Finished> = BTreeMap::new();
    for (key, result, fresh) in results {
        match result {
            Ok(finished) => {
                match (finished.wanted, fresh) {
                    (true, Fresh::Made) => done.made += 1,
                    (true, Fresh::Kept) => done.kept += 1,
                    (false, _) => {}
                }
                by_key.insert(key, finished);
            }
            Err(diagnostic) => {
                done.failed.insert(key.0.case);
                done.diagnostics.push(*diagnostic);
            }
        }
    }
    done.documents.extend(jobs.iter().filter_map(|job| by_key.remove(&job.key())).filter(|document| document.wanted));
    done
}

/// A document with its manifest entries; files that were not made anew are taken from the folder.
fn finished(job: &Job<'_>, made: Vec<Artifact>, mut stamp: DocumentStamp, wanted: bool) -> Finished {
    let artifacts = if made.is_empty() {
        let kept =
            |(path, sha256): (&String, &String)| Artifact { path: path.clone(), bytes: None, sha256: sha256.clone() };
        stamp.files.iter().map(kept).collect()
    } else {
        made
    };
    stamp.entries = artifacts.iter().filter_map(|artifact| entry(job, artifact, &stamp)).collect();
    Finished { name: job.name(), artifacts, stamp, wanted }
}

fn entry(job: &Job<'_>, artifact: &Artifact, stamp: &DocumentStamp) -> Option<ManifestEntry> {
    let definition = job.definition;
    let ending = artifact.path.rsplit('.').next()?;
    let format = RENDERERS.iter().map(|renderer| renderer.format).find(|format| format.extension() == ending)?;
    Some(ManifestEntry {
        path: artifact.path.clone(),
        municipality: job.municipality.slug.clone(),
        case: job.case.id.clone(),
        title: definition.title.clone(),
        kind: definition.kind,
        format,
        view: definition.view,
        audience: job.audience,
        source: job.sources(),
        pages: (format == Format::Pdf).then(|| stamp.index.as_ref().map(|index| index.pages)).flatten(),
        sha256: artifact.sha256.clone(),
    })
}
