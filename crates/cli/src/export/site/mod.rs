//! Makes a site of static pages: a page per channel and month, with an index, a list of
//! people, and a search that needs no server.
//!
//! Pages are made and written one by one, so that only one month is in memory. Once all
//! exist, the links between them are resolved, and pages that this changes are written
//! again. Pages whose messages, people and look haven't changed since an earlier run are
//! kept, and pages without messages in this run are removed.

mod arrange;
mod channels;
mod finish;
mod inert;
mod links;
mod listed;
mod page;
mod sheets;
mod shell;
mod tags;
mod words;

pub use arrange::in_parts;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use scrollback_core::{Archive, Options};
use typst_kit::fonts::FontStore;

use super::state::{self, State};
use super::volumes::{self, Volume};
use super::written::Written;
use super::{Job, Shared, look, nothing_left, options, pictures};
use crate::args::{Format, RenderArgs, Split};
use crate::engine::sanitize::{file_name, title};
use crate::engine::{self, Jobs, Layout, Section, TranscriptFiles};
use crate::failure::Failure;
use crate::input::{Bytes, Export};
use crate::media::{self, Folder};
use crate::output::{self, Plan};
use crate::report::{Report, Warnings};

use super::Publisher;
use channels::{Channel, MOST, PAGE, Page, Wrote, in_pages};
use listed::Listed;
use page::{Asset, Sent};
use shell::Shell;

/// The path from a page to the folder of media.
const MEDIA: &str = "../../media/";

/// The context that all channels of a site share.
struct Site<'s> {
    args: &'s RenderArgs,
    out: &'s Path,
    publisher: &'s Publisher,
    fonts: &'s Arc<FontStore>,
    jobs: Jobs,
    state: State,
    listed: Listed,
    /// The style rules that all pages share, once the first page is made.
    sheet: String,
    /// The folder names that are taken.
    taken: Mutex<HashSet<String>>,
    /// The number of pages that were made.
    made: Mutex<usize>,
}

/// Makes a site of exports in a folder. `whole` is false if another input was named that
/// doesn't exist.
pub fn render(
    exports: &[&Export],
    whole: bool,
    out: &Path,
    shared: &Shared,
    jobs: Jobs,
) -> (Report, Option<String>) {
    let mut report = Report::default();
    match make(exports, whole, out, shared, jobs, &mut report) {
        Ok(note) => (report, Some(note)),
        Err(failure) => {
            report.failures.push(failure);
            (report, None)
        }
    }
}

fn make(
    exports: &[&Export],
    whole: bool,
    out: &Path,
    shared: &Shared,
    jobs: Jobs,
    report: &mut Report,
) -> Result<String, Failure> {
    let Shared {
        args,
        publisher,
        fonts,
        progress,
        ..
    } = *shared;
    for folder in ["assets", "media", "channels", "search"] {
        create(&out.join(folder))?;
    }
    let mut site = Site {
        args,
        out,
        publisher,
        fonts,
        jobs,
        state: State::read(&out.join(state::FILE)),
        listed: Listed::read(&out.join(listed::FILE)),
        sheet: String::new(),
        taken: Mutex::default(),
        made: Mutex::default(),
    };
    site.sheet = site.sheets()?;
    // Channels are processed in parallel, the volumes of a channel one by one.
    let results = jobs.each(exports, |export| {
        let mut warnings = Warnings::default();
        let task = progress.task(&export.shown());
        let plan = Plan::new(Some(out), Some(Format::Html), exports.len());
        let channel = plan.and_then(|plan| {
            let job = Job {
                export,
                args,
                plan: &plan,
                publisher,
                memory: None,
                fonts,
                task: &task,
                jobs: jobs.shared(exports.len()),
            };
            site.channel(&job, &mut warnings)
        });
        comemo::evict(0);
        (warnings, channel)
    });
    let mut channels = Vec::new();
    for (export, (warnings, channel)) in exports.iter().zip(results) {
        report.warnings.append_input(warnings);
        report.sources.extend(export.files().map(Path::to_owned));
        match channel {
            Ok(channel) => channels.extend(channel),
            Err(failure) => report.failures.push(failure),
        }
    }
    if channels.is_empty() && report.failures.is_empty() {
        return Err(nothing_left("site", &options(args)));
    }
    channels.sort_by_cached_key(Channel::place);
    site.finish(&channels)?;
    let removed = site.clear(whole && report.failures.is_empty())?;
    let made = *site.made.lock().expect("no panic while held");
    let pages: usize = channels.iter().map(|channel| channel.pages.len()).sum();
    Ok(told(out, made, pages, removed))
}

/// A summary of what a run did to a site.
fn told(out: &Path, made: usize, pages: usize, removed: usize) -> String {
    let out = out.display();
    let mut told = format!("{out}: rendered {made} of {pages} pages");
    if made < pages {
        told.push_str("; the others are unchanged");
    }
    match removed {
        0 => {}
        1 => told.push_str("; removed 1 page that no message is left for"),
        _ => {
            let _ = write!(
                told,
                "; removed {removed} pages that no message is left for"
            );
        }
    }
    told
}

impl Site<'_> {
    /// Makes the pages of a channel; none if it has no messages.
    fn channel(&self, job: &Job, warnings: &mut Warnings) -> Result<Option<Channel>, Failure> {
        job.task.stage("reading");
        let bytes = Bytes::read(job.export)?;
        let media = Folder::of(job.export, self.args.export.source.media.as_deref())?;
        let options = options(self.args);
        let failed = |error: scrollback_core::Error| job.export.failure(&error);
        let mut archive = bytes.archive(&options).map_err(failed)?;
        self.publisher.learn(&mut archive);
        job.check_whole(&archive)?;
        for warning in archive.warnings() {
            warnings.import(job.export.place(&warning.place), warning);
        }
        archive.number(&options).map_err(failed)?;
        let split = self.args.page.split.unwrap_or(Split::Month);
        let mut volumes = volumes::divide(&archive, &options, split).map_err(failed)?;
        if self.args.page.split.is_none() {
            volumes = in_pages(volumes, MOST);
        }
        let mut channel = None;
        for at in 0..volumes.len() {
            self.page(
                job,
                (&archive, &options, &media),
                (&volumes, at),
                &mut channel,
                warnings,
            )?;
            comemo::evict(0);
        }
        if channel.is_none() {
            warnings.add(
                job.export.shown(),
                "no message is left, so the site has no page for it".to_owned(),
                Vec::new(),
                1,
            );
        }
        Ok(channel)
    }

    /// Makes one page of a channel, and the channel with the first.
    fn page(
        &self,
        job: &Job,
        (archive, options, media): (&Archive, &Options, &Folder),
        (volumes, at): (&[Volume], usize),
        channel: &mut Option<Channel>,
        warnings: &mut Warnings,
    ) -> Result<(), Failure> {
        let failed = |error: scrollback_core::Error| job.export.failure(&error);
        let volume = &volumes[at];
        job.stage(Some(&volume.name), "importing");
        let with = job.selecting(options, media);
        let written = Written::volume(archive, volume, 0, with, self.args).map_err(failed)?;
        for warning in &written.typeset.warnings {
            warnings.import(job.export.place(&warning.place), warning);
        }
        let channel = channel.get_or_insert_with(|| {
            let mut channel = self.describe(&written, job.export);
            channel.pages = volumes
                .iter()
                .map(|volume| self.plan(&volume.name))
                .collect();
            channel
        });
        let page = &mut channel.pages[at];
        page.ids = written.messages.ids().to_vec();
        page.lines.clone_from(&written.lines);
        page.people = written
            .provenance
            .people
            .iter()
            .map(|person| Wrote {
                id: person.id.clone(),
                name: person.name.clone(),
                username: person.username.clone().unwrap_or_default(),
                messages: person.messages,
            })
            .collect();
        let pictures = if self.publisher.anonymizes() {
            Default::default()
        } else {
            pictures::read(&written.typeset.media, media)
        };
        pictures.warn(&job.export.shown(), self.args.batch.strict, warnings);
        let name = self.publisher.name(job.export, &written.typeset.channel);
        let mut look = look::look(
            self.args,
            Format::Html,
            (job.export, &name),
            &written,
            &pictures,
        );
        (look.site, look.header, look.toc) = (true, true, false);
        // A site links files to their copies, and has a page of people.
        (look.annex, look.index) = (false, false);
        let file = format!("channels/{}/{}", channel.folder, channel.pages[at].file);
        let path = self.out.join(&file);
        let around = self.shell(&channel.server).around(channel, at);
        let state = state::of(&look, &written).and(around.as_bytes());
        if self.state.is_same(&file, &state) && self.listed.stays(self.out, &file) {
            return Ok(());
        }
        let files = TranscriptFiles::new(&look, &[], pictures.into_files())?;
        let html = self.html(job, written, &look, &files, warnings)?;
        let (html, rules, assets) = self.localized(&html, media);
        let names: BTreeSet<_> = assets.iter().map(|asset| asset.name.clone()).collect();
        self.listed.note(file.clone(), names.into_iter().collect());
        for asset in assets {
            let path = self.out.join("media").join(&asset.name);
            if !path.is_file() {
                put(&path, asset.data)?;
            }
        }
        let html = self
            .shell(&channel.server)
            .month(channel, at, (&html, &rules));
        create(&self.out.join("channels").join(&channel.folder))?;
        put(&path, html.into_bytes())?;
        self.state.note(file, state);
        *self.made.lock().expect("no panic while held") += 1;
        Ok(())
    }

    /// Typst's output for a volume.
    fn html(
        &self,
        job: &Job,
        written: Written,
        look: &engine::Look,
        files: &TranscriptFiles,
        warnings: &mut Warnings,
    ) -> Result<String, Failure> {
        let name = written.name.clone();
        let progress = |stage: &str| job.stage(name.as_deref(), stage);
        let today = self.args.typst.creation_timestamp;
        let layout = Layout::new(look, files, self.fonts.clone(), today, job.jobs, &progress);
        let section = Section::of(written.typeset.cbor, &written.messages);
        let laid_out = layout.html(section, None)?;
        job.warn(&laid_out.warnings, warnings);
        Ok(laid_out.document)
    }

    /// The body of a page, its own style rules, and the files that both refer to.
    fn localized(&self, html: &str, media: &Folder) -> (String, String, Vec<Asset>) {
        let mut assets = Vec::new();
        let (html, rules) = page::without_styles(html);
        let html = arrange::with_topic(page::body(&html));
        let rules = self
            .sheet
            .split('\0')
            .fold(rules, |rules, sheet| rules.replace(sheet, ""));
        let rules = page::without_data(&rules, MEDIA, &mut assets);
        let locale = &self.args.export.lang;
        let labels = page::Labels {
            original: locale.text("original-file"),
            permalink: locale.text("permalink-alt"),
        };
        let find = |url: &str, assets: &mut Vec<Asset>| {
            if self.publisher.takes_out() {
                return None;
            }
            let data = media.find(url).ok()?.read().ok()?;
            let (ending, download) = match inert::extension(media::extension(url)) {
                Some(ending) => (ending, None),
                None => ("bin".to_owned(), Some(file_name(media::name(url), "file"))),
            };
            let name = page::name_of(&data, &ending);
            let address = format!("{MEDIA}{name}");
            assets.push(Asset { name, data });
            Some(Sent { address, download })
        };
        let html = page::localized(&html, MEDIA, labels, &mut assets, find);
        (arrange::in_parts(&html), rules, assets)
    }

    /// A channel before its pages are made.
    fn describe(&self, written: &Written, export: &Export) -> Channel {
        let provenance = &written.provenance;
        let channel = provenance.channel.as_ref();
        let kind = channel.and_then(|channel| channel.kind.as_deref());
        let name = channel.map(|channel| title(&channel.name));
        let name = name
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| title(&self.publisher.name(export, "")));
        let id = channel.map_or("", |channel| &channel.id).to_owned();
        let is_thread = kind.is_some_and(|kind| kind.contains("thread"));
        let parent = channel.and_then(|channel| channel.parent.clone());
        Channel {
            folder: self.folder(&name, &id),
            id,
            is_text: kind.is_none_or(|kind| kind == "guild_text"),
            is_thread,
            parent_id: written.parent_id.clone(),
            category: parent.filter(|_| !is_thread).unwrap_or_default(),
            server: provenance
                .server
                .as_ref()
                .map_or_else(String::new, |server| server.name.clone()),
            position: written.position,
            began: written.first.filter(|_| is_thread),
            name,
            pages: Vec::new(),
        }
    }

    /// A unique folder for a channel.
    fn folder(&self, name: &str, id: &str) -> String {
        let name = file_name(name, "channel");
        let folder = if id.is_empty() {
            name
        } else {
            format!("{name}-{}", file_name(id, "0"))
        };
        let mut taken = self.taken.lock().expect("no panic while held");
        let mut one = folder.clone();
        let mut number = 1;
        while !taken.insert(one.to_lowercase()) {
            number += 1;
            one = format!("{folder}-{number}");
        }
        one
    }

    /// A page before its messages are added.
    fn plan(&self, volume: &str) -> Page {
        Page {
            file: format!("{}.html", file_name(volume, "page")),
            label: self.label(volume),
            ids: Vec::new(),
            lines: Vec::new(),
            people: Vec::new(),
        }
    }

    /// The title of a page: a month, with the page's number if there are several.
    fn label(&self, volume: &str) -> String {
        let locale = &self.args.export.lang;
        match volume.rsplit_once(PAGE) {
            Some((month, page)) => format!("{} · {page}", locale.month(month)),
            None => locale.month(volume),
        }
    }

    /// The frame of the pages of a server, or of direct messages.
    fn shell(&self, server: &str) -> Shell<'_> {
        let locale = &self.args.export.lang;
        let server = title(server);
        Shell {
            locale,
            title: if server.is_empty() {
                locale.text("contents").to_owned()
            } else {
                server
            },
        }
    }
}

/// Writes a file of the site atomically, unless it is unchanged: web servers and copying
/// programs go by modification times.
fn put(path: &Path, data: Vec<u8>) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|known| known == data) {
        return Ok(());
    }
    output::commit(vec![output::stage(path, data)?])
}

fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| {
        Failure::output(
            format!("cannot create the folder `{}`: {error}", folder.display()),
            "name another folder with `--archive`",
        )
    })
}
