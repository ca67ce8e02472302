#include "notebook.h"

#include "corpusloader.h"
#include "notesource.h"
#include "notestore.h"

#include <QDateTime>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace arcscope
{
namespace
{

Nanos timeNow()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

bool isPlainNote(const Annotation& annotation, const std::string& place)
{
    return annotation.kind == AnnotationKind::Note && annotation.part.empty() && annotation.place == place;
}

bool saysTheSame(const Annotation& a, const Annotation& b)
{
    return a.kind == b.kind && a.place == b.place && a.part == b.part && a.body == b.body;
}

} // namespace

NoteBook::NoteBook(QObject* parent)
    : QObject(parent)
    , m_source(std::make_unique<NoteSource>())
{
    m_writer.setMaxThreadCount(1);
}

NoteBook::~NoteBook()
{
    m_writer.waitForDone();
}

QString NoteBook::file() const
{
    return m_source->file;
}

QString NoteBook::placeOfSpan(const Corpus& corpus, Row row)
{
    return QString::fromStdString(arcscope::placeOfSpan(corpus, row));
}

QString NoteBook::placeOfTrace(const Corpus& corpus, std::uint32_t trace)
{
    return QString::fromStdString(arcscope::placeOfTrace(corpus, trace));
}

bool NoteBook::isRead() const
{
    return m_read || m_source->file.isEmpty();
}

void NoteBook::tellClosing()
{
    emit closing();
}

void NoteBook::open(const std::shared_ptr<OpenCorpus>& corpus, const QStringList& paths)
{
    close();
    *m_source = noteSourceOf(*corpus, paths);
    if (!m_source->file.isEmpty())
        read();
}

void NoteBook::close()
{
    if (!m_source->file.isEmpty())
        tellClosing();
    ++m_opening;
    m_read = false;
    *m_source = {};
    m_clocks.clear(); // whoever opens something else shows its clocks
    const unsigned had = (m_annotations.empty() ? 0u : unsigned{Notes}) | (m_story.empty() ? 0u : unsigned{TheStory}) |
                         (m_verdicts.isEmpty() ? 0u : unsigned{Verdicts}) |
                         (m_arcs == ArcDecisions() ? 0u : unsigned{Arcs}) |
                         (m_replays == ReplayDecisions() ? 0u : unsigned{Replays});
    NotesRead nothing;
    take(nothing, AllParts);
    announce(had);
}

void NoteBook::read()
{
    m_writer.start([this, source = *m_source, opening = m_opening, writes = m_writes] {
        auto found = std::make_shared<NotesRead>(readNotes(source));
        QMetaObject::invokeMethod(
            this,
            [this, found, opening, writes] {
                if (opening != m_opening)
                    return;
                if (writes == m_writes)
                    takeRead(std::move(*found));
                else // what was written meanwhile is not in it
                    read();
            },
            Qt::QueuedConnection);
    });
}

void NoteBook::takeKept(unsigned parts)
{
    m_writer.start([this, source = *m_source, parts, opening = m_opening, writes = m_writes] {
        auto kept = std::make_shared<NotesRead>(readNotes(source));
        QMetaObject::invokeMethod(
            this,
            [this, kept, parts, opening, writes] {
                if (opening != m_opening)
                    return;
                if (writes != m_writes) { // what was written meanwhile is not in it
                    takeKept(parts);
                    return;
                }
                take(*kept, parts);
                announce(parts);
            },
            Qt::QueuedConnection);
    });
}

void NoteBook::takeRead(NotesRead read)
{
    m_read = true;
    const unsigned some = unsigned{Notes} | (read.notes.story.empty() ? 0u : unsigned{TheStory}) |
                          (read.notes.verdicts.empty() ? 0u : unsigned{Verdicts}) |
                          (read.notes.arcs == ArcDecisions() ? 0u : unsigned{Arcs}) |
                          (read.notes.replays == ReplayDecisions() ? 0u : unsigned{Replays});
    take(read, AllParts);
    announce(some);
    if (!read.clocks.isEmpty()) {
        m_clocks = read.clocks;
        emit clocksChanged();
    }
    if (read.problem) // of a file that cannot be read at all is told once
        emit failed(QString::fromStdString(read.problem->message), {});
    else if (read.replayProblem)
        emit replaysFailed(QString::fromStdString(read.replayProblem->message), {});
    for (const Draft& draft : read.drafts) {
        const QString where = QString::fromStdString(draft.place);
        const QString text = QString::fromStdString(draft.body);
        if (text != textAt(where))
            emit draftFound(where, text);
    }
    if (read.view)
        emit viewFound(std::make_shared<const ViewState>(std::move(*read.view)));
}

void NoteBook::take(NotesRead& read, unsigned parts)
{
    if (parts & Notes) {
        m_annotations = std::move(read.notes.annotations);
        indexNotes();
    }
    if (parts & TheStory)
        m_story = std::move(read.notes.story);
    if (parts & Verdicts) {
        m_verdicts.clear();
        for (KeptVerdict& said : read.notes.verdicts)
            m_verdicts.insert(QString::fromStdString(said.finding), std::move(said));
    }
    if (parts & Arcs)
        m_arcs = std::move(read.notes.arcs);
    if (parts & Replays)
        m_replays = std::move(read.notes.replays);
}

void NoteBook::announce(unsigned parts)
{
    constexpr std::pair<Part, void (NoteBook::*)()> signalsOf[] = {{Notes, &NoteBook::changed},
                                                                   {TheStory, &NoteBook::storyChanged},
                                                                   {Verdicts, &NoteBook::verdictsChanged},
                                                                   {Arcs, &NoteBook::arcsChanged},
                                                                   {Replays, &NoteBook::replaysChanged}};
    for (const auto& [part, signal] : signalsOf) {
        if (parts & part)
            emit(this->*signal)();
    }
}

void NoteBook::indexNotes()
{
    std::stable_sort(m_annotations.begin(), m_annotations.end(), [](const Annotation& a, const Annotation& b) {
        return std::pair(a.created, a.id) < std::pair(b.created, b.id);
    });
    m_notes.clear();
    m_at.clear();
    for (std::size_t i = 0; i < m_annotations.size(); ++i)
        m_at.emplace(m_annotations[i].id, i);
    for (const Annotation& each : m_annotations) {
        if (!isPlainNote(each, each.place))
            continue;
        QString& text = m_notes[QString::fromStdString(each.place)];
        text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + QString::fromStdString(each.body);
    }
}

void NoteBook::write(std::function<Result<void>(Workspace&)> write, Part part, Failed onFailure, const QString& text,
                     bool something)
{
    ++m_writes;
    m_writer.start([this, source = *m_source, write = std::move(write), part, onFailure, text, something,
                    opening = m_opening, writes = m_writes] {
        auto workspace = notesToWrite(source, something);
        if (workspace && !*workspace)
            return;
        const auto done = workspace ? write(**workspace) : Result<void>(workspace.error());
        if (done) {
            if (source.elsewhere)
                QMetaObject::invokeMethod(
                    this, [this, opening] { tellElsewhere(opening); }, Qt::QueuedConnection);
            return;
        }
        auto kept = std::make_shared<NotesRead>(readNotes(source));
        QMetaObject::invokeMethod(
            this,
            [this, part, onFailure, text, opening, writes, kept,
             message = QString::fromStdString(done.error().message)] {
                if (opening == m_opening && writes != m_writes) { // later ones may be kept
                    takeKept(part);
                } else if (opening == m_opening) {
                    take(*kept, part);
                    announce(part);
                }
                emit(this->*onFailure)(message, text);
            },
            Qt::QueuedConnection);
    });
}

KeptNotes NoteBook::portable(KeptNotes notes) const
{
    makePortable(notes, m_source->anchor);
    return notes;
}

void NoteBook::tellElsewhere(int opening)
{
    if (opening == m_opening && std::exchange(m_toldElsewhere, opening) != opening)
        emit keptElsewhere(m_source->file);
}

const Annotation* NoteBook::annotation(std::int64_t id) const
{
    const auto found = m_at.find(id);
    return found == m_at.end() ? nullptr : &m_annotations[found->second];
}

Annotation NoteBook::newAnnotation(AnnotationKind kind, const QString& place, const PlacePart& part,
                                   const QString& body)
{
    static Nanos last = 0; // so that those of one millisecond keep their order
    const Nanos now = std::max(timeNow(), last + 1);
    last = now;
    return {newAnnotationId(), kind, place.toStdString(), text(part), body.toStdString(), noteAuthor(), now, now};
}

void NoteBook::change(const AnnotationChange& change)
{
    AnnotationChange made;
    QStringList texts;
    for (Annotation each : change.keep) {
        const Annotation* before = annotation(each.id);
        if (before && *before == each)
            continue;
        if (before && !saysTheSame(*before, each) && before->changed == each.changed)
            each.changed = std::max(timeNow(), before->changed); // which may be a little ahead, for the order
        texts << QString::fromStdString(each.body);
        made.keep.push_back(std::move(each));
    }
    std::copy_if(change.remove.begin(), change.remove.end(), std::back_inserter(made.remove),
                 [&](std::int64_t id) { return annotation(id) != nullptr; });
    if (made.empty())
        return;
    std::unordered_set<std::int64_t> gone(made.remove.begin(), made.remove.end());
    for (const Annotation& each : made.keep)
        gone.insert(each.id);
    std::erase_if(m_annotations, [&](const Annotation& each) { return gone.contains(each.id); });
    m_annotations.insert(m_annotations.end(), made.keep.begin(), made.keep.end());
    indexNotes();
    const bool something = !made.keep.empty();
    write([kept = portable({made.keep, {}, {}, {}, {}}).annotations,
           dropped = made.remove](Workspace& workspace) { return changeAnnotations(workspace, kept, dropped); },
          Notes, &NoteBook::failed, texts.join(QLatin1Char('\n')), something);
    emit changed();
}

AnnotationChange NoteBook::undoing(const AnnotationChange& change) const
{
    AnnotationChange back;
    const auto restore = [&](std::int64_t id) {
        if (const Annotation* before = annotation(id))
            back.keep.push_back(*before);
        else
            back.remove.push_back(id);
    };
    for (const Annotation& each : change.keep)
        restore(each.id);
    for (const std::int64_t id : change.remove) {
        if (annotation(id))
            restore(id);
    }
    return back;
}

AnnotationChange NoteBook::changeOfNote(const QString& place, const QString& text) const
{
    AnnotationChange change;
    if (note(place) == text)
        return change;
    const std::string where = place.toStdString();
    for (const Annotation& each : m_annotations) {
        if (!isPlainNote(each, where))
            continue;
        if (text.isEmpty() || !change.keep.empty()) {
            change.remove.push_back(each.id);
        } else {
            change.keep.push_back(each);
            change.keep.back().body = text.toStdString();
        }
    }
    if (!text.isEmpty() && change.keep.empty())
        change.keep.push_back(newAnnotation(AnnotationKind::Note, place, {}, text));
    return change;
}

QString NoteBook::textAt(const QString& where) const
{
    const QString number = where.section(QLatin1Char(':'), 1);
    if (where.startsWith(QLatin1String("note:"))) {
        const Annotation* found = annotation(number.toLongLong());
        return found ? QString::fromStdString(found->body) : QString();
    }
    if (where.startsWith(QLatin1String("finding:")))
        return QString::fromStdString(m_verdicts.value(where.section(QLatin1Char(':'), 1)).note);
    if (!where.startsWith(QLatin1String("story:")))
        return note(where);
    const auto step = number.toULongLong();
    return step < m_story.steps.size() ? QString::fromStdString(m_story.steps[step].text) : QString();
}

void NoteBook::keepDraft(const QString& where, const QString& text)
{
    if (m_source->file.isEmpty() || where.isEmpty())
        return;
    m_writer.start([source = *m_source, draft = Draft{portablePlace(where.toStdString(), m_source->anchor),
                                                      text.toStdString(), timeNow()}] {
        auto workspace = notesToWrite(source, !draft.body.empty());
        if (workspace && *workspace) // one that cannot be kept is told of when the note is handed in
            static_cast<void>(arcscope::keepDraft(**workspace, draft));
    });
}

KeptNotes NoteBook::all() const
{
    KeptNotes notes{m_annotations, {}, m_arcs, m_replays, m_story};
    notes.verdicts.assign(m_verdicts.begin(), m_verdicts.end());
    std::sort(notes.verdicts.begin(), notes.verdicts.end(),
              [](const KeptVerdict& a, const KeptVerdict& b) { return a.finding < b.finding; });
    return notes;
}

void NoteBook::setStory(const Story& story)
{
    if (story == m_story)
        return;
    write([kept = portable({{}, {}, {}, {}, story}).story,
           before = portable({{}, {}, {}, {}, std::exchange(m_story, story)}).story](
              Workspace& workspace) { return keepStory(workspace, kept, &before); },
          TheStory, &NoteBook::failed, QString::fromStdString(storyText(story)), !story.empty());
    emit storyChanged();
}

void NoteBook::setClocks(const QString& text)
{
    if (m_clocks == text)
        return;
    m_clocks = text;
    write([value = text.toStdString()](Workspace& workspace) { return setSetting(workspace, clocksSetting, value); },
          Part(0), &NoteBook::failed, text, !text.isEmpty());
    emit clocksChanged();
}

} // namespace arcscope
