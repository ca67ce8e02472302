#include "annotationcommands.h"

#include "displaytext.h"
#include "notebook.h"
#include "notecommands.h"

#include <QInputDialog>

#include <algorithm>

namespace arcscope
{
namespace
{

QString everything()
{
    return QString::fromUtf8(corpusPlace.data(), static_cast<qsizetype>(corpusPlace.size()));
}

/// A dismissal is listed as its reason, then its note.
KeptVerdict withText(KeptVerdict said, const QString& text)
{
    const bool reasoned = said.verdict == FindingVerdict::Dismissed && !said.reason.empty();
    said.reason = reasoned ? text.section(QLatin1Char('\n'), 0, 0).toStdString() : said.reason;
    said.note = reasoned ? text.section(QLatin1Char('\n'), 1).toStdString() : text.toStdString();
    return said;
}

} // namespace

AnnotationCommands::AnnotationCommands(AppState& state, NoteCommands& notes, ActionRegistry& actions, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_notes(notes)
    , m_actions(actions)
    , m_window(window)
{
    connect(&state, &AppState::loadingChanged, this, &AnnotationCommands::showEnabled);
    connect(&state, &AppState::rangeChanged, this, &AnnotationCommands::showEnabled);
    connect(&state, &AppState::spanChanged, this, &AnnotationCommands::showEnabled);
}

void AnnotationCommands::addActions(QMenu* menu)
{
    m_actions.add({"note.bookmark",
                   tr("&Bookmark"),
                   tr("Mark the place where you are, or take the mark away: a moment of a stream, the selected span, "
                      "the trace, the task arc"),
                   {QKeySequence(Qt::CTRL | Qt::Key_B)},
                   {}},
                  menu, [this] { toggleBookmark(); });
    m_actions.add({"note.tag",
                   tr("&Tag…"),
                   tr("Give the selected span, the trace or the task arc a tag, or take it away"),
                   {QKeySequence(Qt::CTRL | Qt::Key_T)},
                   {}},
                  menu, [this] { askForTag(); });
    m_actions.add({"note.range",
                   tr("Note on the &range…"),
                   tr("Write a note on the time that is marked"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_B)},
                   {}},
                  menu, [this] { noteOnRange(); });
    m_actions.add({"note.bytes",
                   tr("Note on what is &marked in the record…"),
                   tr("Write a note on the bytes that are marked in the raw record"),
                   {},
                   {}},
                  menu, [this] { noteOnBytes(); });
    m_actions.add(
        {"note.arc", tr("Note on the task ar&c…"), tr("Write a note on the chosen task arc, or change it"), {}, {}},
        menu, [this] { noteOnArc(); });
    m_actions.add({"note.corpus", tr("Note on e&verything…"), tr("Write a note on all that is open"), {}, {}}, menu,
                  [this] { noteOnEverything(); });
    showEnabled();
}

void AnnotationCommands::showEnabled()
{
    const auto enable = [this](const char* id, bool on) {
        if (QAction* action = m_actions.action(QLatin1String(id)))
            action->setEnabled(on);
    };
    for (const char* id : {"note.bookmark", "note.tag", "note.arc", "note.corpus"})
        enable(id, m_state.isOpen());
    enable("note.range", m_state.isOpen() && m_state.range().recorded());
    enable("note.bytes", m_state.isOpen() && m_state.span() != noRow);
}

QString AnnotationCommands::arcPlace() const
{
    const ViewChoice chosen = m_chosen ? m_chosen() : ViewChoice();
    return chosen.of == ViewChoice::Of::Arc ? QString::fromStdString(text(chosen)) : QString();
}

QString AnnotationCommands::place() const
{
    if (const ViewChoice chosen = m_chosen ? m_chosen() : ViewChoice(); chosen.of != ViewChoice::Of::Nothing)
        return QString::fromStdString(text(chosen));
    if (const QString span = m_notes.placeOfSpan(); !span.isEmpty())
        return span;
    const QString trace = m_notes.placeOfTrace();
    return trace.isEmpty() ? everything() : trace;
}

void AnnotationCommands::toggleBookmark()
{
    if (!m_state.isOpen())
        return;
    const QString where = place();
    const PlacePart part = where == m_notes.placeOfSpan() && m_moment ? m_moment() : PlacePart();
    AnnotationChange change;
    for (const Annotation& each : m_state.notes().annotations()) {
        if (each.kind == AnnotationKind::Bookmark && each.place == where.toStdString() && each.part == text(part))
            change.remove.push_back(each.id);
    }
    const bool gone = !change.empty();
    if (!gone)
        change.keep.push_back(NoteBook::newAnnotation(AnnotationKind::Bookmark, where, part));
    m_notes.change(change, gone ? tr("taking a bookmark away") : tr("a bookmark"));
    emit said(gone ? tr("The bookmark is gone") : tr("A bookmark is set here"));
}

QStringList AnnotationCommands::tags() const
{
    QStringList all;
    for (const Annotation& each : m_state.notes().annotations()) {
        if (each.kind == AnnotationKind::Tag)
            all << QString::fromStdString(each.body);
    }
    all.sort();
    all.removeDuplicates();
    return all;
}

void AnnotationCommands::toggleTag(const QString& tag)
{
    const QString word = tag.simplified();
    if (word.isEmpty() || !m_state.isOpen())
        return;
    const QString where = place();
    AnnotationChange change;
    for (const Annotation& each : m_state.notes().annotations()) {
        if (each.kind == AnnotationKind::Tag && each.place == where.toStdString() && each.body == word.toStdString())
            change.remove.push_back(each.id);
    }
    const bool gone = !change.empty();
    if (!gone)
        change.keep.push_back(NoteBook::newAnnotation(AnnotationKind::Tag, where, {}, word));
    m_notes.change(change, gone ? tr("taking a tag away") : tr("a tag"));
    emit said(gone ? tr("No longer tagged %1").arg(oneLine(word.toStdString(), 60))
                   : tr("Tagged %1").arg(oneLine(word.toStdString(), 60)));
}

void AnnotationCommands::askForTag()
{
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Tag"));
    const QString where = place();
    dialog->setLabelText(where == arcPlace()               ? tr("Tag of the task arc; one that it has is taken away:")
                         : where == m_notes.placeOfSpan()  ? tr("Tag of the span; one that it has is taken away:")
                         : where == m_notes.placeOfTrace() ? tr("Tag of the trace; one that it has is taken away:")
                                                           : tr("Tag of everything; one that it has is taken away:"));
    dialog->setComboBoxItems(QStringList{QString()} + tags());
    dialog->setComboBoxEditable(true);
    connect(dialog, &QInputDialog::textValueSelected, this, &AnnotationCommands::toggleTag);
    dialog->open();
}

void AnnotationCommands::add(AnnotationKind kind, const PlacePart& part, const QString& place, const QString& about)
{
    emit toBeWritten(NoteBook::newAnnotation(kind, place, part), about);
}

void AnnotationCommands::keep(const Annotation& made, const QString& about)
{
    m_notes.change({{made}, {}}, about);
}

/// The note that is there is changed.
void AnnotationCommands::addNote(const QString& place, const QString& about)
{
    for (const Annotation& each : m_state.notes().annotations()) {
        if (each.kind == AnnotationKind::Note && each.part.empty() && each.place == place.toStdString()) {
            emit toBeEdited(QStringLiteral("note:%1").arg(each.id));
            return;
        }
    }
    add(AnnotationKind::Note, {}, place, about);
}

void AnnotationCommands::noteOnArc()
{
    if (const QString arc = arcPlace(); !arc.isEmpty())
        addNote(arc, tr("note on a task arc"));
    else
        emit said(tr("Choose a task arc in the list of the arcs tab first"));
}

void AnnotationCommands::noteOnRange()
{
    const TimeRange range = m_state.range();
    if (!m_state.isOpen() || !range.recorded())
        return;
    const QString trace = m_notes.placeOfTrace();
    add(AnnotationKind::Range, {PlacePart::Of::Time, range.start, range.end},
        m_state.trace() && !trace.isEmpty() ? trace : everything(), tr("note on a range"));
}

void AnnotationCommands::noteOnBytes()
{
    const auto part = m_marked ? m_marked() : std::nullopt;
    if (!part)
        emit said(tr("Mark something in the raw record of the inspector first"));
    else if (part->of != PlacePart::Of::Bytes)
        emit said(tr("What is marked does not stand in the record just once, as it is: mark more, within one line"));
    else
        add(AnnotationKind::Note, *part, m_notes.placeOfSpan(), tr("note on bytes"));
}

void AnnotationCommands::noteOnEverything()
{
    if (m_state.isOpen())
        addNote(everything(), tr("note on everything"));
}

void AnnotationCommands::edit(const NoteEntry& entry, const QString& text)
{
    const NoteBook& book = m_state.notes();
    switch (entry.of) {
    case NoteEntry::Of::Annotation:
        if (const Annotation* found = book.annotation(entry.id)) {
            AnnotationChange change;
            const bool empty =
                text.isEmpty() && found->kind != AnnotationKind::Bookmark && found->kind != AnnotationKind::Range;
            if (empty) {
                change.remove.push_back(entry.id);
            } else {
                change.keep.push_back(*found);
                change.keep.back().body = text.toStdString();
            }
            m_notes.change(change, tr("change of a %1").arg(entry.kindText));
        }
        break;
    case NoteEntry::Of::Finding:
        m_notes.say({withText(book.verdicts().value(entry.key), text)}, tr("note on a finding"));
        break;
    case NoteEntry::Of::Arc:
        for (const ArcReview& each : book.arcDecisions().reviews) {
            if (each.arc == entry.key.toStdString()) {
                ArcReview changed = each;
                changed.note = text.toStdString();
                m_notes.review(changed, tr("an arc"));
                break;
            }
        }
        break;
    case NoteEntry::Of::Replay:
        for (const ReplayReview& each : book.replayDecisions().reviews) {
            if (NoteEntry::keyOf(each) == entry.key) {
                ReplayReview changed = each;
                changed.note = text.toStdString();
                m_notes.reviewReplay(changed, tr("a replay"));
                break;
            }
        }
        break;
    }
}

void AnnotationCommands::remove(const std::vector<NoteEntry>& entries)
{
    if (entries.empty() || !m_state.isOpen())
        return;
    AnnotationChange change;
    std::vector<KeptVerdict> said;
    for (const NoteEntry& entry : entries) {
        if (entry.of == NoteEntry::Of::Annotation) {
            change.remove.push_back(entry.id);
        } else if (entry.of == NoteEntry::Of::Finding) {
            KeptVerdict open;
            open.finding = entry.key.toStdString();
            said.push_back(open);
        }
    }
    m_notes.begin(tr("deleting notes"));
    m_notes.change(change, tr("deleting notes"));
    m_notes.say(std::move(said), tr("taking back what was said of a finding"));
    for (const NoteEntry& entry : entries) {
        if (entry.of == NoteEntry::Of::Arc) {
            ArcReview none;
            none.arc = entry.key.toStdString();
            m_notes.review(none, tr("an arc"));
        } else if (entry.of == NoteEntry::Of::Replay) {
            for (ReplayReview each : m_state.notes().replayDecisions().reviews) {
                if (NoteEntry::keyOf(each) != entry.key)
                    continue;
                each.opinion.reset();
                each.note.clear();
                m_notes.reviewReplay(each, tr("a replay"));
                break;
            }
        }
    }
    m_notes.end();
}

} // namespace arcscope
