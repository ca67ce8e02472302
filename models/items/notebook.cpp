#include "notebook.h"

#include "annotations.h"
#include "arcdecisions.h"
#include "corpusloader.h"
#include "notesfile.h"
#include "replaydecisions.h"
#include "session.h"
#include "verdicts.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>

namespace arcscope
{
namespace
{

QString fileFor(const OpenCorpus& open, const QStringList& paths)
{
    const Workspace& workspace = open.session->workspace;
    if (!workspace.isTemporary())
        return QString::fromStdString(workspace.path());
    for (const QString& path : paths) {
        const bool missing = std::any_of(open.problems.begin(), open.problems.end(), [&](const PathProblem& problem) {
            return !problem.opened && problem.path == path.toStdString();
        });
        if (missing || path == QLatin1String("-"))
            continue;
        QString whole = QFileInfo(path).absoluteFilePath();
        while (whole.size() > 1 && whole.endsWith(QLatin1Char('/')))
            whole.chop(1);
        return whole + QString::fromUtf8(notesFileSuffix.data(), static_cast<qsizetype>(notesFileSuffix.size()));
    }
    return {};
}

/// The notes of each place as one text.
Result<QHash<QString, QString>> readNotes(const QString& file)
{
    QHash<QString, QString> found;
    if (!QFileInfo::exists(file))
        return found;
    auto workspace = Workspace::open(file.toStdString());
    if (!workspace)
        return workspace.error();
    const auto all = notes(*workspace);
    if (!all)
        return all.error();
    for (const Note& note : *all) {
        QString& text = found[QString::fromStdString(note.place)];
        text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + QString::fromStdString(note.body);
    }
    return found;
}

using Verdicts = QHash<QString, KeptVerdict>;

Result<Verdicts> readVerdicts(const QString& file)
{
    Verdicts found;
    if (!QFileInfo::exists(file))
        return found;
    auto workspace = Workspace::open(file.toStdString());
    if (!workspace)
        return workspace.error();
    auto all = verdicts(*workspace);
    if (!all)
        return all.error();
    for (KeptVerdict& said : *all)
        found.insert(QString::fromStdString(said.finding), std::move(said));
    return found;
}

template <typename Decisions>
Result<Decisions> readDecisions(const QString& file, Result<Decisions> (*read)(Workspace&))
{
    if (!QFileInfo::exists(file))
        return Decisions();
    auto workspace = Workspace::open(file.toStdString());
    if (!workspace)
        return workspace.error();
    return read(*workspace);
}

constexpr std::string_view clocksSetting = "clocks";

Result<QString> readClocks(const QString& file)
{
    if (!QFileInfo::exists(file))
        return QString();
    auto workspace = Workspace::open(file.toStdString());
    if (!workspace)
        return workspace.error();
    const auto found = setting(*workspace, clocksSetting);
    if (!found)
        return found.error();
    return QString::fromStdString(found->value_or(std::string()));
}

/// Why the file is not written, and what helps.
Error notWritten(const QString& file, const Error& why)
{
    return {why.code, QFileInfo(file).absolutePath().toStdString() +
                          " cannot be written to, and notes and verdicts are kept there (" + why.message +
                          "). Copy what you opened to a folder of your own and open it there."};
}

/// The file of notes, made where it is not there; nothing where there is nothing to write to a new one.
Result<std::optional<Workspace>> fileToWrite(const QString& file, bool something)
{
    if (file.isEmpty())
        return Error{ErrorCode::Store, "a trace from a pipe has no place for notes: save it to a file first"};
    const bool there = QFileInfo::exists(file);
    if (!there && !something)
        return std::optional<Workspace>();
    auto workspace = there ? Workspace::open(file.toStdString()) : Workspace::create(file.toStdString());
    if (!workspace)
        return there ? workspace.error() : notWritten(file, workspace.error());
    if (there && !QFileInfo(file).isWritable())
        return notWritten(file, {ErrorCode::Store, "read-only"});
    return std::optional<Workspace>(std::move(*workspace));
}

Result<void> writeClocks(const QString& file, const QString& text)
{
    auto workspace = fileToWrite(file, !text.isEmpty());
    if (!workspace || !*workspace)
        return workspace ? Result<void>() : Result<void>(workspace.error());
    return setSetting(**workspace, clocksSetting, text.toStdString());
}

Result<void> writeNote(const QString& file, const QString& place, const QString& text)
{
    auto workspace = fileToWrite(file, !text.isEmpty());
    if (!workspace || !*workspace)
        return workspace ? Result<void>() : Result<void>(workspace.error());
    const Nanos now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    return replaceNotes(**workspace, place.toStdString(), text.toStdString(), now);
}

bool forgets(const KeptVerdict& said)
{
    return said.verdict == FindingVerdict::Open && said.note.empty();
}

/// What somebody wrote about them.
QString writtenIn(const std::vector<KeptVerdict>& all)
{
    QStringList texts;
    for (const KeptVerdict& said : all) {
        for (const std::string& text : {said.reason, said.note}) {
            if (const QString line = QString::fromStdString(text); !line.isEmpty() && !texts.contains(line))
                texts << line;
        }
    }
    return texts.join(QLatin1Char('\n'));
}

Result<void> writeVerdicts(const QString& file, const std::vector<KeptVerdict>& all)
{
    auto workspace = fileToWrite(file, !std::all_of(all.begin(), all.end(), forgets));
    if (!workspace || !*workspace)
        return workspace ? Result<void>() : Result<void>(workspace.error());
    Database& database = (*workspace)->database();
    if (auto begun = database.execute("begin immediate"); !begun)
        return begun;
    for (const KeptVerdict& said : all) {
        if (auto kept = keepVerdict(**workspace, said); !kept) {
            static_cast<void>(database.execute("rollback"));
            return kept;
        }
    }
    return database.execute("commit");
}

} // namespace

NoteBook::NoteBook(QObject* parent)
    : QObject(parent)
{
    m_writer.setMaxThreadCount(1);
}

NoteBook::~NoteBook()
{
    m_writer.waitForDone();
}

QString NoteBook::placeOfSpan(const Corpus& corpus, Row row)
{
    return QString::fromStdString(arcscope::placeOfSpan(corpus, row));
}

QString NoteBook::placeOfTrace(const Corpus& corpus, std::uint32_t trace)
{
    return QString::fromStdString(arcscope::placeOfTrace(corpus, trace));
}

void NoteBook::open(const std::shared_ptr<OpenCorpus>& corpus, const QStringList& paths)
{
    close();
    m_file = fileFor(*corpus, paths);
    if (!m_file.isEmpty())
        read();
}

void NoteBook::close()
{
    ++m_opening;
    m_file.clear();
    const bool some = !m_notes.isEmpty();
    const bool said = !m_verdicts.isEmpty();
    const bool decided = m_arcs != ArcDecisions();
    m_notes.clear();
    m_verdicts.clear();
    const bool replayed = m_replays != ReplayDecisions();
    m_arcs = {};
    m_replays = {};
    m_clocks.clear(); // whoever opens something else shows its clocks
    if (some)
        emit changed();
    if (said)
        emit verdictsChanged();
    if (decided)
        emit arcsChanged();
    if (replayed)
        emit replaysChanged();
}

void NoteBook::read()
{
    m_writer.start([this, file = m_file, opening = m_opening] {
        auto found = std::make_shared<Result<QHash<QString, QString>>>(readNotes(file));
        const auto clocks = readClocks(file);
        auto said = std::make_shared<Result<Verdicts>>(readVerdicts(file));
        auto arcs = std::make_shared<Result<ArcDecisions>>(readDecisions(file, arcscope::arcDecisions));
        auto replays = std::make_shared<Result<ReplayDecisions>>(readDecisions(file, arcscope::replayDecisions));
        QMetaObject::invokeMethod(
            this,
            [this, found, said, arcs, replays, opening, clocks = clocks ? *clocks : QString()] {
                if (opening != m_opening)
                    return;
                if (*said && !(*said)->isEmpty()) {
                    m_verdicts = std::move(**said);
                    emit verdictsChanged();
                }
                if (*arcs && **arcs != ArcDecisions()) {
                    m_arcs = std::move(**arcs);
                    emit arcsChanged();
                }
                if (!*replays && *found) { // of a file that cannot be read at all is told once
                    emit replaysFailed(QString::fromStdString(replays->error().message), {});
                } else if (*replays && **replays != ReplayDecisions()) {
                    m_replays = std::move(**replays);
                    emit replaysChanged();
                }
                if (!clocks.isEmpty()) {
                    m_clocks = clocks;
                    emit clocksChanged();
                }
                if (!*found) {
                    emit failed(QString::fromStdString(found->error().message), {});
                    return;
                }
                m_notes = std::move(**found);
                emit changed();
            },
            Qt::QueuedConnection);
    });
}

void NoteBook::set(const QString& place, const QString& text)
{
    if (m_notes.value(place) == text)
        return;
    if (text.isEmpty())
        m_notes.remove(place);
    else
        m_notes.insert(place, text);
    put(place, text);
    emit changed();
}

void NoteBook::setClocks(const QString& text)
{
    if (m_clocks == text)
        return;
    m_clocks = text;
    m_writer.start([this, file = m_file, text] {
        const auto done = writeClocks(file, text);
        if (done)
            return;
        QMetaObject::invokeMethod(
            this, [this, message = QString::fromStdString(done.error().message), text] { emit failed(message, text); },
            Qt::QueuedConnection);
    });
    emit clocksChanged();
}

void NoteBook::put(const QString& place, const QString& text)
{
    m_writer.start([this, file = m_file, place, text, opening = m_opening] {
        const auto done = writeNote(file, place, text);
        if (done)
            return;
        const auto kept = readNotes(file); // what is kept is what counts
        QMetaObject::invokeMethod(
            this,
            [this, message = QString::fromStdString(done.error().message), text, opening,
             notes = kept ? *kept : QHash<QString, QString>()] {
                if (opening == m_opening) {
                    m_notes = notes;
                    emit changed();
                }
                emit failed(message, text);
            },
            Qt::QueuedConnection);
    });
}

void NoteBook::setVerdicts(const std::vector<KeptVerdict>& said)
{
    std::vector<KeptVerdict> changed;
    const Nanos now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    for (const KeptVerdict& each : said) {
        const QString key = QString::fromStdString(each.finding);
        const KeptVerdict before = m_verdicts.value(key);
        if (before.verdict == each.verdict && before.reason == each.reason && before.note == each.note)
            continue;
        changed.push_back(each);
        changed.back().changed = now;
        if (forgets(each))
            m_verdicts.remove(key);
        else
            m_verdicts.insert(key, changed.back());
    }
    if (changed.empty())
        return;
    m_writer.start([this, file = m_file, changed, opening = m_opening] {
        const auto done = writeVerdicts(file, changed);
        if (done)
            return;
        const auto kept = readVerdicts(file); // what is kept is what counts
        QMetaObject::invokeMethod(
            this,
            [this, message = QString::fromStdString(done.error().message), opening,
             verdicts = kept ? *kept : Verdicts(), text = writtenIn(changed)] {
                if (opening == m_opening) {
                    m_verdicts = verdicts;
                    emit verdictsChanged();
                }
                emit verdictsFailed(message, text);
            },
            Qt::QueuedConnection);
    });
    emit verdictsChanged();
}

/// `write` puts a change into a workspace; what is kept then is what counts.
template <typename Write>
void NoteBook::writeArcs(Write write, const QString& text)
{
    m_writer.start([this, file = m_file, write = std::move(write), text, opening = m_opening] {
        auto workspace = fileToWrite(file, true);
        const auto done = workspace ? write(**workspace) : Result<void>(workspace.error());
        if (done)
            return;
        const auto kept = readDecisions(file, arcscope::arcDecisions);
        QMetaObject::invokeMethod(
            this,
            [this, message = QString::fromStdString(done.error().message), text, opening,
             arcs = kept ? *kept : ArcDecisions()] {
                if (opening == m_opening) {
                    m_arcs = arcs;
                    emit arcsChanged();
                }
                emit arcsFailed(message, text);
            },
            Qt::QueuedConnection);
    });
    emit arcsChanged();
}

void NoteBook::review(const ArcReview& review)
{
    const auto before = std::find_if(m_arcs.reviews.begin(), m_arcs.reviews.end(),
                                     [&](const ArcReview& each) { return each.arc == review.arc; });
    const bool known = before != m_arcs.reviews.end();
    const bool forgotten = !review.outcome && review.note.empty();
    if (known ? before->outcome == review.outcome && before->note == review.note : forgotten)
        return;
    ArcReview said = review;
    said.changed = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    if (known)
        m_arcs.reviews.erase(before);
    if (!forgotten)
        m_arcs.reviews.push_back(said);
    writeArcs([said](Workspace& workspace) { return keepArcReview(workspace, said); },
              QString::fromStdString(said.note));
}

void NoteBook::decideStitch(const std::string& earlier, const std::string& later, std::optional<bool> accepted)
{
    const auto before = std::find_if(m_arcs.stitches.begin(), m_arcs.stitches.end(), [&](const StitchDecision& each) {
        return each.earlier == earlier && each.later == later;
    });
    const bool known = before != m_arcs.stitches.end();
    if (known ? accepted == before->accepted : !accepted)
        return;
    if (known)
        m_arcs.stitches.erase(before);
    if (!accepted) {
        writeArcs([earlier, later](Workspace& workspace) { return removeStitchDecision(workspace, earlier, later); },
                  {});
        return;
    }
    const StitchDecision said{earlier, later, *accepted, QDateTime::currentMSecsSinceEpoch() * 1'000'000};
    m_arcs.stitches.push_back(said);
    writeArcs([said](Workspace& workspace) { return keepStitchDecision(workspace, said); }, {});
}

/// As writeArcs().
template <typename Write>
void NoteBook::writeReplays(Write write, const QString& text)
{
    m_writer.start([this, file = m_file, write = std::move(write), text, opening = m_opening] {
        auto workspace = fileToWrite(file, true);
        const auto done = workspace ? write(**workspace) : Result<void>(workspace.error());
        if (done)
            return;
        const auto kept = readDecisions(file, arcscope::replayDecisions);
        QMetaObject::invokeMethod(
            this,
            [this, message = QString::fromStdString(done.error().message), text, opening,
             replays = kept ? *kept : ReplayDecisions()] {
                if (opening == m_opening) {
                    m_replays = replays;
                    emit replaysChanged();
                }
                emit replaysFailed(message, text);
            },
            Qt::QueuedConnection);
    });
    emit replaysChanged();
}

void NoteBook::reviewReplay(const ReplayReview& review)
{
    const auto before = std::find_if(m_replays.reviews.begin(), m_replays.reviews.end(), [&](const ReplayReview& each) {
        return each.task == review.task && each.base == review.base && each.candidate == review.candidate;
    });
    const bool known = before != m_replays.reviews.end();
    const bool forgotten = !review.opinion && review.note.empty();
    if (known ? before->opinion == review.opinion && before->note == review.note : forgotten)
        return;
    ReplayReview said = review;
    said.changed = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    if (known)
        m_replays.reviews.erase(before);
    if (!forgotten)
        m_replays.reviews.push_back(said);
    writeReplays([said](Workspace& workspace) { return keepReplayReview(workspace, said); },
                 QString::fromStdString(said.note));
}

void NoteBook::setReplaySides(const ReplaySides& sides)
{
    if (sides == m_replays.sides)
        return;
    m_replays.sides = sides;
    writeReplays([sides](Workspace& workspace) { return keepReplaySides(workspace, sides); }, {});
}

void NoteBook::matchReplays(const std::vector<ReplayMatch>& matches, bool hold)
{
    for (const ReplayMatch& match : matches) {
        std::erase(m_replays.matches, match);
        if (hold)
            m_replays.matches.push_back(match);
    }
    const auto keep = [matches, hold](Workspace& workspace) {
        Result<void> kept;
        for (const ReplayMatch& match : matches)
            kept = kept ? keepReplayMatch(workspace, match, hold) : kept;
        return kept;
    };
    writeReplays(keep, {});
}

} // namespace arcscope
