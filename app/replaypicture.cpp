// Picture of a replay: the sides that are kept with the workspace, else those that share most tasks.
#include "actionregistry.h"
#include "arcdecisions.h"
#include "notecommands.h"
#include "picture.h"
#include "replaydecisions.h"
#include "replayreading.h"
#include "replayview.h"
#include "session.h"

#include <QApplication>

#include <algorithm>

namespace arcscope
{
namespace
{

/// All that a view of a replay needs around it.
class ReplayPicture : public QWidget
{
public:
    ReplayPicture()
        : m_view(m_state, m_book, m_commands, this)
    {
    }

    ReplayView& view() { return m_view; }
    ReplayBook& book() { return m_book; }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state; ///< nothing is open in it
    ReplayBook m_book{m_state};
    ActionRegistry m_actions{this};
    NoteCommands m_commands{m_state, m_actions, nullptr};
    ReplayView m_view;
};

} // namespace

Result<Picture> drawReplay(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t> trace,
                           const Theme&)
{
    const auto corpus = std::make_shared<const Corpus>(session.corpus);
    const auto fields = fieldsOf(session.workspace, *corpus);
    if (!fields)
        return fields.error();
    const auto decisions = replayDecisions(session.workspace);
    if (!decisions)
        return decisions.error();
    ReplaySides sides = decisions->sides;
    if (!sides.chosen() || tracesOfSides(*fields, sides).empty())
        sides = likelySides(*fields, *corpus);
    if (!sides.chosen())
        return Error{ErrorCode::NotFound, "no two runs of one task are there"};
    AskedReplay asked{sides, decisions->matches};
    if (auto arcs = arcDecisions(session.workspace))
        asked.arcs = std::move(*arcs);
    auto found = replayOf(session.workspace, corpus, *fields, asked, {});
    if (!found)
        return found.error();
    const auto replay = std::make_shared<const FoundReplay>(std::move(*found));
    auto picture = std::make_unique<ReplayPicture>();
    showUnseen(*picture, request);
    picture->book().setFound(replay);
    ReplayView& view = picture->view();
    if (trace) {
        for (const ReplayRun& run : replay->pairing.runs) {
            if (std::find(run.traces.begin(), run.traces.end(), *trace) != run.traces.end())
                view.chooseTask(run.task);
        }
    }
    if (view.task()) {
        auto reading = readReplay(session.workspace, replay, *view.task(), {});
        if (!reading)
            return reading.error();
        view.showReading(std::make_shared<const ReplayReading>(std::move(*reading)));
    }
    QApplication::processEvents();
    return Picture{std::move(picture),
                   QObject::tr("Replay of %1 against %2")
                       .arg(QString::fromStdString(sides.candidates.front()), QString::fromStdString(sides.base))};
}

} // namespace arcscope
