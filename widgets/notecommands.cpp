#include "notecommands.h"

#include "arcreview.h"
#include "keptnotes.h"
#include "notebook.h"

#include <QUndoCommand>

#include <algorithm>
#include <optional>
#include <utility>

namespace arcscope
{
namespace
{

/// From one value to another and back.
template <typename Value, typename Set>
class Change final : public QUndoCommand
{
public:
    Change(const QString& about, Value before, Value after, Set set)
        : QUndoCommand(about)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_set(std::move(set))
    {
    }

    void redo() override { m_set(m_after); }
    void undo() override { m_set(m_before); }

private:
    Value m_before;
    Value m_after;
    Set m_set;
};

template <typename Value, typename Set>
void push(QUndoStack& stack, const QString& about, Value before, Value after, Set set)
{
    stack.push(new Change<Value, Set>(about, std::move(before), std::move(after), std::move(set)));
}

ReplayReview replayReviewOf(const ReplayDecisions& decisions, ReplayReview like)
{
    for (const ReplayReview& each : decisions.reviews) {
        if (each.task == like.task && each.base == like.base && each.candidate == like.candidate)
            return each;
    }
    like.opinion.reset();
    like.note.clear();
    return like;
}

QString aboutMatches(const std::vector<ReplayMatch>& matches, bool hold)
{
    const bool steps = matches.front().isOfSteps();
    return hold ? (steps ? NoteCommands::tr("aligning two steps") : NoteCommands::tr("pairing two tasks"))
                : (steps ? NoteCommands::tr("parting two steps") : NoteCommands::tr("parting two tasks"));
}

} // namespace

NoteCommands::NoteCommands(AppState& state, ActionRegistry& actions, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_actions(actions)
{
    connect(&state, &AppState::spanChanged, this, &NoteCommands::showEnabled);
    connect(&state, &AppState::traceChanged, this, &NoteCommands::showEnabled);
    connect(&state, &AppState::loadingChanged, this, [this] {
        if (std::exchange(m_opening, m_state.opening()) != m_state.opening())
            m_stack.clear(); // the places are others now
        showEnabled();
    });
    connect(&state.notes(), &NoteBook::changed, this, &NoteCommands::showEnabled);
}

void NoteCommands::addUndoActions(QMenu* edit)
{
    const auto add = [&](const CommandSpec& spec, void (QUndoStack::*run)()) {
        QAction* action = m_actions.add(spec, edit, [this, run] { (m_stack.*run)(); });
        action->setEnabled(false);
        return action;
    };
    QAction* undo =
        add({"edit.undo",
             tr("&Undo"),
             tr("Take the last change of a note, a verdict, a review, the story, a stitch or of clocks back"),
             {QKeySequence::Undo},
             {}},
            &QUndoStack::undo);
    QAction* redo = add({"edit.redo",
                         tr("Re&do"),
                         tr("Make the change again"),
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                         {}},
                        &QUndoStack::redo);
    connect(&m_stack, &QUndoStack::canUndoChanged, undo, &QAction::setEnabled);
    connect(&m_stack, &QUndoStack::canRedoChanged, redo, &QAction::setEnabled);
    connect(&m_stack, &QUndoStack::undoTextChanged, undo,
            [undo](const QString& what) { undo->setText(what.isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(what)); });
    connect(&m_stack, &QUndoStack::redoTextChanged, redo,
            [redo](const QString& what) { redo->setText(what.isEmpty() ? tr("Re&do") : tr("Re&do %1").arg(what)); });
}

void NoteCommands::addNoteActions(QMenu* edit)
{
    m_actions.add({"note.span",
                   tr("N&ote on the span…"),
                   tr("Write a note on the selected span, or change it; where none is selected, on the trace"),
                   {QKeySequence(Qt::CTRL | Qt::Key_N)},
                   "note"},
                  edit, [this] {
                      const QString span = placeOfSpan();
                      const QString place = span.isEmpty() ? placeOfTrace() : span;
                      if (place.isEmpty())
                          emit said(tr("Choose a span or a trace first: the note is written on it"));
                      else
                          emit editRequested(place);
                  });
    m_actions.add({"note.trace",
                   tr("Not&e on the trace…"),
                   tr("Write a note on the trace, or change it"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)},
                   {}},
                  edit, [this] { emit editRequested(placeOfTrace()); });
    showEnabled();
}

QString NoteCommands::placeOfSpan() const
{
    const Row row = m_state.span();
    return m_state.isOpen() && row != noRow ? NoteBook::placeOfSpan(*m_state.corpus(), row) : QString();
}

QString NoteCommands::placeOfTrace() const
{
    if (!m_state.isOpen())
        return {};
    const Corpus& corpus = *m_state.corpus();
    if (const auto trace = m_state.trace())
        return NoteBook::placeOfTrace(corpus, *trace);
    const Row row = m_state.span();
    return row == noRow
               ? QString()
               : NoteBook::placeOfTrace(corpus, static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
}

void NoteCommands::set(const QString& place, const QString& text, const QString& about)
{
    if (place.isEmpty())
        return;
    const bool had = !m_state.notes().note(place).isEmpty();
    change(m_state.notes().changeOfNote(place, text), !had             ? tr("note on %1").arg(about)
                                                      : text.isEmpty() ? tr("deleting the note on %1").arg(about)
                                                                       : tr("change of the note on %1").arg(about));
}

void NoteCommands::change(const AnnotationChange& change, const QString& about)
{
    NoteBook& book = m_state.notes();
    if (!change.empty() && m_state.isOpen())
        push(m_stack, about, book.undoing(change), change,
             [&book](const AnnotationChange& made) { book.change(made); });
}

void NoteCommands::setStory(const Story& story, const QString& about)
{
    NoteBook& book = m_state.notes();
    if (story != book.story() && m_state.isOpen() && book.isRead())
        push(m_stack, about, book.story(), story, [&book](const Story& told) { book.setStory(told); });
}

void NoteCommands::takeDraft(const QString& where, const QString& text)
{
    NoteBook& book = m_state.notes();
    const auto number = where.section(QLatin1Char(':'), 1).toLongLong();
    if (const auto made = annotationOfDraft(where.toStdString())) {
        const PlacePart part = parsePlacePart(made->part).value_or(PlacePart());
        change({{NoteBook::newAnnotation(made->kind, QString::fromStdString(made->place), part, text)}, {}},
               tr("note"));
    } else if (where.startsWith(QLatin1String("note:"))) {
        if (const Annotation* found = book.annotation(number)) {
            Annotation changed = *found;
            changed.body = text.toStdString();
            change({{changed}, {}}, tr("change of a note"));
        } else { // it was not handed in even once
            change(
                {{NoteBook::newAnnotation(AnnotationKind::Note, QString::fromUtf8(corpusPlace.data()), {}, text)}, {}},
                tr("note"));
        }
    } else if (where.startsWith(QLatin1String("finding:"))) {
        const QString key = where.section(QLatin1Char(':'), 1);
        KeptVerdict kept = book.verdicts().value(key);
        kept.finding = key.toStdString();
        kept.note = text.toStdString();
        say({kept}, tr("note on a finding"));
    } else if (where.startsWith(QLatin1String("story:"))) {
        Story story = book.story();
        story.steps.resize(std::max(story.steps.size(), static_cast<std::size_t>(number) + 1));
        story.steps[static_cast<std::size_t>(number)].text = text.toStdString();
        setStory(story, tr("change of a step"));
    } else {
        set(where, text, tr("a place"));
    }
    book.keepDraft(where, {});
}

NotesMerge NoteCommands::takeNotes(const KeptNotes& coming)
{
    NoteBook& book = m_state.notes();
    if (!m_state.isOpen() || !book.isRead())
        return {};
    NotesMerge merge = book.mergeOf(coming);
    const KeptNotes& taken = merge.taken;
    if (taken.empty())
        return merge;
    begin(tr("taking notes"));
    change({taken.annotations, {}}, tr("notes"));
    say(taken.verdicts, tr("what was said of findings"));
    for (const ArcReview& each : taken.arcs.reviews)
        review(each, tr("an arc"));
    for (const StitchDecision& each : taken.arcs.stitches)
        decideStitch(each.earlier, each.later, each.accepted);
    for (const ReplayReview& each : taken.replays.reviews)
        reviewReplay(each, tr("a replay"));
    for (const ReplayMatch& each : taken.replays.matches)
        matchReplays({each}, true);
    if (taken.replays.sides.chosen())
        push(m_stack, tr("sides of a replay"), book.replayDecisions().sides, taken.replays.sides,
             [&book](const ReplaySides& sides) { book.setReplaySides(sides); });
    if (!taken.story.empty())
        setStory(taken.story, tr("a story"));
    end();
    return merge;
}

void NoteCommands::begin(const QString& about)
{
    m_stack.beginMacro(about);
}

void NoteCommands::end()
{
    m_stack.endMacro();
}

void NoteCommands::say(std::vector<KeptVerdict> said, const QString& about)
{
    if (said.empty() || !m_state.isOpen())
        return;
    NoteBook& book = m_state.notes();
    std::vector<KeptVerdict> before;
    for (const KeptVerdict& each : said) {
        before.push_back(book.verdicts().value(QString::fromStdString(each.finding)));
        before.back().finding = each.finding;
    }
    push(m_stack, about, std::move(before), std::move(said),
         [&book](const std::vector<KeptVerdict>& all) { book.setVerdicts(all); });
}

void NoteCommands::review(const ArcReview& review, const QString& about)
{
    NoteBook& book = m_state.notes();
    const ArcReview before = reviewOf(book.arcDecisions(), review.arc);
    if (before.outcome != review.outcome || before.note != review.note)
        push(m_stack, tr("review of %1").arg(about), before, review,
             [&book](const ArcReview& said) { book.review(said); });
}

void NoteCommands::reviewReplay(const ReplayReview& review, const QString& about)
{
    NoteBook& book = m_state.notes();
    const ReplayReview before = replayReviewOf(book.replayDecisions(), review);
    if (before.opinion != review.opinion || before.note != review.note)
        push(m_stack, tr("review of %1").arg(about), before, review,
             [&book](const ReplayReview& said) { book.reviewReplay(said); });
}

void NoteCommands::matchReplays(std::vector<ReplayMatch> matches, bool hold)
{
    // Those that change something: what held before is not taken back by undoing.
    NoteBook& book = m_state.notes();
    const std::vector<ReplayMatch>& held = book.replayDecisions().matches;
    std::erase_if(matches, [&](const ReplayMatch& match) {
        return (std::find(held.begin(), held.end(), match) != held.end()) == hold;
    });
    if (!matches.empty())
        push(m_stack, aboutMatches(matches, hold), !hold, hold,
             [&book, matches](bool holds) { book.matchReplays(matches, holds); });
}

void NoteCommands::decideStitch(const std::string& earlier, const std::string& later, bool accepted)
{
    NoteBook& book = m_state.notes();
    std::optional<bool> before;
    for (const StitchDecision& each : book.arcDecisions().stitches) {
        if (each.earlier == earlier && each.later == later)
            before = each.accepted;
    }
    push(m_stack, accepted ? tr("accepting a stitch") : tr("rejecting a stitch"), before, std::optional(accepted),
         [&book, earlier, later](std::optional<bool> decided) { book.decideStitch(earlier, later, decided); });
}

void NoteCommands::setClocks(const ClockSettings& clocks)
{
    if (m_state.isOpen() && clocks != m_state.clocks())
        push(m_stack, tr("alignment of clocks"), m_state.clocks(), clocks,
             [&state = m_state](const ClockSettings& shifted) { state.setClocks(shifted); });
}

void NoteCommands::showEnabled()
{
    if (QAction* span = m_actions.action(QStringLiteral("note.span")))
        span->setEnabled(m_state.isOpen()); // with neither it says what is missing
    if (QAction* trace = m_actions.action(QStringLiteral("note.trace")))
        trace->setEnabled(!placeOfTrace().isEmpty());
}

} // namespace arcscope
