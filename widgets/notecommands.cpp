#include "notecommands.h"

#include "arcreview.h"
#include "notebook.h"

#include <QUndoCommand>

#include <algorithm>

namespace arcscope
{
namespace
{

class SetNote : public QUndoCommand
{
public:
    SetNote(NoteBook& book, QString place, QString text, const QString& about)
        : m_book(book)
        , m_place(std::move(place))
        , m_before(book.note(m_place))
        , m_after(std::move(text))
    {
        setText(m_before.isEmpty()  ? NoteCommands::tr("note on %1").arg(about)
                : m_after.isEmpty() ? NoteCommands::tr("deleting the note on %1").arg(about)
                                    : NoteCommands::tr("change of the note on %1").arg(about));
    }

    void redo() override { m_book.set(m_place, m_after); }
    void undo() override { m_book.set(m_place, m_before); }

private:
    NoteBook& m_book;
    QString m_place;
    QString m_before;
    QString m_after;
};

class SayOfFindings : public QUndoCommand
{
public:
    SayOfFindings(NoteBook& book, std::vector<KeptVerdict> said, const QString& about)
        : QUndoCommand(about)
        , m_book(book)
        , m_after(std::move(said))
    {
        for (const KeptVerdict& each : m_after) {
            m_before.push_back(book.verdicts().value(QString::fromStdString(each.finding)));
            m_before.back().finding = each.finding;
        }
    }

    void redo() override { m_book.setVerdicts(m_after); }
    void undo() override { m_book.setVerdicts(m_before); }

private:
    NoteBook& m_book;
    std::vector<KeptVerdict> m_before;
    std::vector<KeptVerdict> m_after;
};

class ReviewArc : public QUndoCommand
{
public:
    ReviewArc(NoteBook& book, ArcReview review, const QString& about)
        : QUndoCommand(NoteCommands::tr("review of %1").arg(about))
        , m_book(book)
        , m_before(reviewOf(book.arcDecisions(), review.arc))
        , m_after(std::move(review))
    {
    }

    void redo() override { m_book.review(m_after); }
    void undo() override { m_book.review(m_before); }

private:
    NoteBook& m_book;
    ArcReview m_before;
    ArcReview m_after;
};

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

class ReviewReplay : public QUndoCommand
{
public:
    ReviewReplay(NoteBook& book, ReplayReview review, const QString& about)
        : QUndoCommand(NoteCommands::tr("review of %1").arg(about))
        , m_book(book)
        , m_before(replayReviewOf(book.replayDecisions(), review))
        , m_after(std::move(review))
    {
    }

    void redo() override { m_book.reviewReplay(m_after); }
    void undo() override { m_book.reviewReplay(m_before); }

private:
    NoteBook& m_book;
    ReplayReview m_before;
    ReplayReview m_after;
};

class MatchReplays : public QUndoCommand
{
public:
    MatchReplays(NoteBook& book, std::vector<ReplayMatch> matches, bool hold)
        : m_book(book)
        , m_matches(std::move(matches))
        , m_hold(hold)
    {
        const bool steps = m_matches.front().isOfSteps();
        setText(hold ? (steps ? NoteCommands::tr("aligning two steps") : NoteCommands::tr("pairing two tasks"))
                     : (steps ? NoteCommands::tr("parting two steps") : NoteCommands::tr("parting two tasks")));
    }

    void redo() override { m_book.matchReplays(m_matches, m_hold); }
    void undo() override { m_book.matchReplays(m_matches, !m_hold); }

private:
    NoteBook& m_book;
    std::vector<ReplayMatch> m_matches;
    bool m_hold;
};

class DecideStitch : public QUndoCommand
{
public:
    DecideStitch(NoteBook& book, std::string earlier, std::string later, bool accepted)
        : QUndoCommand(accepted ? NoteCommands::tr("accepting a stitch") : NoteCommands::tr("rejecting a stitch"))
        , m_book(book)
        , m_earlier(std::move(earlier))
        , m_later(std::move(later))
        , m_after(accepted)
    {
        for (const StitchDecision& each : book.arcDecisions().stitches) {
            if (each.earlier == m_earlier && each.later == m_later)
                m_before = each.accepted;
        }
    }

    void redo() override { m_book.decideStitch(m_earlier, m_later, m_after); }
    void undo() override { m_book.decideStitch(m_earlier, m_later, m_before); }

private:
    NoteBook& m_book;
    std::string m_earlier;
    std::string m_later;
    std::optional<bool> m_before;
    bool m_after;
};

class SetClocks : public QUndoCommand
{
public:
    SetClocks(AppState& state, ClockSettings clocks)
        : QUndoCommand(NoteCommands::tr("alignment of clocks"))
        , m_state(state)
        , m_before(state.clocks())
        , m_after(std::move(clocks))
    {
    }

    void redo() override { m_state.setClocks(m_after); }
    void undo() override { m_state.setClocks(m_before); }

private:
    AppState& m_state;
    ClockSettings m_before;
    ClockSettings m_after;
};

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
    QAction* undo = add({"edit.undo",
                         tr("&Undo"),
                         tr("Take the last change of a note, a verdict, a review, a stitch or of clocks back"),
                         {QKeySequence::Undo},
                         {}},
                        &QUndoStack::undo);
    QAction* redo =
        add({"edit.redo", tr("Re&do"), tr("Make the change again"), {QKeySequence::Redo}, {}}, &QUndoStack::redo);
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
                   tr("Write a note on the selected span, or change it"),
                   {QKeySequence(Qt::CTRL | Qt::Key_N)},
                   "note"},
                  edit, [this] { emit editRequested(placeOfSpan()); });
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
    if (!place.isEmpty() && m_state.notes().note(place) != text)
        m_stack.push(new SetNote(m_state.notes(), place, text, about));
}

void NoteCommands::say(std::vector<KeptVerdict> said, const QString& about)
{
    if (!said.empty() && m_state.isOpen())
        m_stack.push(new SayOfFindings(m_state.notes(), std::move(said), about));
}

void NoteCommands::review(const ArcReview& review, const QString& about)
{
    const ArcReview before = reviewOf(m_state.notes().arcDecisions(), review.arc);
    if (before.outcome != review.outcome || before.note != review.note)
        m_stack.push(new ReviewArc(m_state.notes(), review, about));
}

void NoteCommands::reviewReplay(const ReplayReview& review, const QString& about)
{
    const ReplayReview before = replayReviewOf(m_state.notes().replayDecisions(), review);
    if (before.opinion != review.opinion || before.note != review.note)
        m_stack.push(new ReviewReplay(m_state.notes(), review, about));
}

void NoteCommands::matchReplays(std::vector<ReplayMatch> matches, bool hold)
{
    // Those that change something: what held before is not taken back by undoing.
    const std::vector<ReplayMatch>& held = m_state.notes().replayDecisions().matches;
    std::erase_if(matches, [&](const ReplayMatch& match) {
        return (std::find(held.begin(), held.end(), match) != held.end()) == hold;
    });
    if (!matches.empty())
        m_stack.push(new MatchReplays(m_state.notes(), std::move(matches), hold));
}

void NoteCommands::decideStitch(const std::string& earlier, const std::string& later, bool accepted)
{
    m_stack.push(new DecideStitch(m_state.notes(), earlier, later, accepted));
}

void NoteCommands::setClocks(const ClockSettings& clocks)
{
    if (m_state.isOpen() && clocks != m_state.clocks())
        m_stack.push(new SetClocks(m_state, clocks));
}

void NoteCommands::showEnabled()
{
    if (QAction* span = m_actions.action(QStringLiteral("note.span")))
        span->setEnabled(!placeOfSpan().isEmpty());
    if (QAction* trace = m_actions.action(QStringLiteral("note.trace")))
        trace->setEnabled(!placeOfTrace().isEmpty());
}

} // namespace arcscope
