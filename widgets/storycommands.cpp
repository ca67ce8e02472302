#include "storycommands.h"

#include "notebook.h"
#include "notecommands.h"

#include <algorithm>
#include <utility>

namespace arcscope
{

StoryCommands::StoryCommands(AppState& state, NoteCommands& notes, ActionRegistry& actions, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_notes(notes)
    , m_actions(actions)
{
    connect(&state.notes(), &NoteBook::storyChanged, this, &StoryCommands::follow);
    connect(&state.notes(), &NoteBook::changed, this, &StoryCommands::showEnabled); // they are read, too
    connect(&state, &AppState::loadingChanged, this, &StoryCommands::showEnabled);
}

void StoryCommands::addActions(QMenu* menu)
{
    m_actions.add({"story.add",
                   tr("&Add what is shown to the story"),
                   tr("Keep what the window shows as a step of the story"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)},
                   {}},
                  menu, [this] { addStep(); });
    m_actions.add({"story.next",
                   tr("&Next step of the story"),
                   tr("Play the story: show the next step"),
                   {QKeySequence(Qt::ALT | Qt::Key_PageDown)},
                   {}},
                  menu, [this] { go(1); });
    m_actions.add({"story.previous",
                   tr("&Previous step of the story"),
                   tr("Show the step of the story before"),
                   {QKeySequence(Qt::ALT | Qt::Key_PageUp)},
                   {}},
                  menu, [this] { go(-1); });
    m_actions.add({"story.stop", tr("Stop pla&ying the story"), tr("Take the story out of the window again"), {}, {}},
                  menu, [this] { stop(); });
    showEnabled();
}

void StoryCommands::showEnabled()
{
    const bool some = m_state.isOpen() && !story().steps.empty();
    const std::pair<const char*, bool> enabled[] = {{"story.add", m_state.isOpen() && m_state.notes().isRead()},
                                                    {"story.next", some},
                                                    {"story.previous", some},
                                                    {"story.stop", m_at.has_value()}};
    for (const auto& [id, on] : enabled) {
        if (QAction* action = m_actions.action(QLatin1String(id)))
            action->setEnabled(on);
    }
}

const Story& StoryCommands::story() const
{
    return m_state.notes().story();
}

void StoryCommands::follow()
{
    if (m_at && *m_at >= story().steps.size())
        m_at.reset();
    showEnabled();
    emit atChanged();
}

void StoryCommands::change(Story story, const QString& about)
{
    m_notes.setStory(story, about);
}

void StoryCommands::addStep()
{
    if (!m_state.isOpen() || !m_here || !m_state.notes().isRead())
        return;
    Story changed = story();
    StoryStep step;
    step.state = m_here();
    const std::size_t behind = m_at ? *m_at + 1 : changed.steps.size();
    changed.steps.insert(changed.steps.begin() + static_cast<std::ptrdiff_t>(behind), std::move(step));
    change(std::move(changed), tr("a step of the story"));
    if (m_at)
        play(behind);
    emit added(static_cast<int>(behind));
}

void StoryCommands::takeHere(std::size_t step)
{
    Story changed = story();
    if (step >= changed.steps.size() || !m_here)
        return;
    changed.steps[step].state = m_here();
    change(std::move(changed), tr("what a step shows"));
}

void StoryCommands::removeStep(std::size_t step)
{
    Story changed = story();
    if (step >= changed.steps.size())
        return;
    changed.steps.erase(changed.steps.begin() + static_cast<std::ptrdiff_t>(step));
    change(std::move(changed), tr("deleting a step"));
}

bool StoryCommands::moveStep(std::size_t step, int by)
{
    Story changed = story();
    const auto to = static_cast<std::ptrdiff_t>(step) + by;
    if (step >= changed.steps.size() || to < 0 || to >= static_cast<std::ptrdiff_t>(changed.steps.size()))
        return false;
    std::swap(changed.steps[step], changed.steps[static_cast<std::size_t>(to)]);
    change(std::move(changed), tr("moving a step"));
    return true;
}

void StoryCommands::setTitle(std::size_t step, const QString& title)
{
    Story changed = story();
    if (step >= changed.steps.size())
        return;
    changed.steps[step].title = title.simplified().toStdString();
    change(std::move(changed), tr("title of a step"));
}

void StoryCommands::setText(std::size_t step, const QString& text)
{
    Story changed = story();
    if (step >= changed.steps.size())
        return;
    changed.steps[step].text = text.toStdString();
    change(std::move(changed), tr("text of a step"));
}

void StoryCommands::setStoryTitle(const QString& title)
{
    Story changed = story();
    changed.title = title.simplified().toStdString();
    change(std::move(changed), tr("title of the story"));
}

void StoryCommands::play(std::size_t step)
{
    if (step >= story().steps.size() || !m_state.isOpen())
        return;
    m_at = step;
    showEnabled();
    emit atChanged();
    emit stepChosen(story().steps[step].state);
}

void StoryCommands::go(int by)
{
    const auto count = static_cast<std::ptrdiff_t>(story().steps.size());
    if (count == 0)
        return;
    const std::ptrdiff_t next = m_at ? static_cast<std::ptrdiff_t>(*m_at) + by : by > 0 ? 0 : count - 1;
    play(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 0, count - 1)));
}

void StoryCommands::stop()
{
    if (!std::exchange(m_at, std::nullopt))
        return;
    showEnabled();
    emit atChanged();
}

} // namespace arcscope
