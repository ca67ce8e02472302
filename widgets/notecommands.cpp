#include "notecommands.h"

#include "arcreview.h"
#include "keptnotes.h"
#include "notebook.h"

#include <QUndoCommand>

#include <algorithm>
#include <iterator>

namespace arcscope
{
namespace
{

class ChangeAnnotations : public QUndoCommand
{
public:
    ChangeAnnotations(NoteBook& book, AnnotationChange change, const QString& about)
        : QUndoCommand(about)
        , m_book(book)
        , m_before(book.undoing(change))
        , m_after(std::move(change))
    {
    }

    void redo() override { m_book.change(m_after); }
    void undo() override { m_book.change(m_before); }

private:
    NoteBook& m_book;
    AnnotationChange m_before;
    AnnotationChange m_after;
};

class SetStory : public QUndoCommand
{
public:
    SetStory(NoteBook& book, Story story, const QString& about)
        : QUndoCommand(about)
        , m_book(book)
        , m_before(book.story())
        , m_after(std::move(story))
    {
    }

    void redo() override { m_book.setStory(m_after); }
    void undo() override { m_book.setStory(m_before); }

private:
    NoteBook& m_book;
    Story m_before;
    Story m_after;
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
    if (place.isEmpty())
        return;
    const bool had = !m_state.notes().note(place).isEmpty();
    change(m_state.notes().changeOfNote(place, text), !had             ? tr("note on %1").arg(about)
                                                      : text.isEmpty() ? tr("deleting the note on %1").arg(about)
                                                                       : tr("change of the note on %1").arg(about));
}

void NoteCommands::change(const AnnotationChange& change, const QString& about)
{
    if (!change.empty() && m_state.isOpen())
        m_stack.push(new ChangeAnnotations(m_state.notes(), change, about));
}

void NoteCommands::setStory(const Story& story, const QString& about)
{
    if (story != m_state.notes().story() && m_state.isOpen())
        m_stack.push(new SetStory(m_state.notes(), story, about));
}

void NoteCommands::takeDraft(const QString& where, const QString& text)
{
    NoteBook& book = m_state.notes();
    const auto number = where.section(QLatin1Char(':'), 1).toLongLong();
    if (where.startsWith(QLatin1String("note:"))) {
        if (const Annotation* found = book.annotation(number)) {
            Annotation changed = *found;
            changed.body = text.toStdString();
            change({{changed}, {}}, tr("change of a note"));
        } else { // it was not handed in even once
            change(
                {{NoteBook::newAnnotation(AnnotationKind::Note, QString::fromUtf8(corpusPlace.data()), {}, text)}, {}},
                tr("note"));
        }
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

bool NoteCommands::takeNotes(const KeptNotes& coming)
{
    const NoteBook& book = m_state.notes();
    AnnotationChange annotations;
    std::copy_if(coming.annotations.begin(), coming.annotations.end(), std::back_inserter(annotations.keep),
                 [&](const Annotation& each) {
                     const Annotation* there = book.annotation(each.id);
                     return !there || (there->created == each.created && there->changed < each.changed);
                 });
    std::vector<KeptVerdict> said;
    std::copy_if(coming.verdicts.begin(), coming.verdicts.end(), std::back_inserter(said),
                 [&](const KeptVerdict& each) {
                     return book.verdicts().value(QString::fromStdString(each.finding)).changed < each.changed;
                 });
    std::vector<ArcReview> arcs;
    std::copy_if(coming.arcs.reviews.begin(), coming.arcs.reviews.end(), std::back_inserter(arcs),
                 [&](const ArcReview& each) { return reviewOf(book.arcDecisions(), each.arc).changed < each.changed; });
    std::vector<ReplayReview> replays;
    std::copy_if(
        coming.replays.reviews.begin(), coming.replays.reviews.end(), std::back_inserter(replays),
        [&](const ReplayReview& each) { return replayReviewOf(book.replayDecisions(), each).changed < each.changed; });
    const bool story = book.story().empty() && !coming.story.empty();
    if (annotations.empty() && said.empty() && arcs.empty() && replays.empty() && !story)
        return false;
    begin(tr("taking notes"));
    change(annotations, tr("notes"));
    say(std::move(said), tr("what was said of findings"));
    for (const ArcReview& each : arcs)
        review(each, tr("an arc"));
    for (const ReplayReview& each : replays)
        reviewReplay(each, tr("a replay"));
    if (story)
        setStory(coming.story, tr("a story"));
    end();
    return true;
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
