#include "storypanel.h"

#include "emptystate.h"
#include "notebook.h"
#include "noteeditor.h"
#include "storycommands.h"
#include "storymodel.h"
#include "tablestyle.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

StoryPanel::StoryPanel(AppState& state, StoryCommands& commands, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_commands(commands)
    , m_model(new StoryModel(state, this))
    , m_title(new QLineEdit(this))
    , m_table(new QTableView(this))
    , m_editor(new NoteEditor(tr("Text of the step"), this))
    , m_empty(new EmptyState(this))
    , m_pages(new QStackedWidget(this))
{
    m_title->setPlaceholderText(tr("Title of the story"));
    m_title->setAccessibleName(tr("Title of the story"));
    m_title->setMaximumWidth(360);
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Steps of the story"));
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed);
    const int em = m_table->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_table->setColumnWidth(StoryModel::TitleColumn, 32 * em);
    m_table->setColumnWidth(StoryModel::ViewColumn, 12 * em);
    fitColumn(*m_table, StoryModel::TextColumn, 24 * em);
    m_editor->setLasting();
    m_empty->say(tr("No story yet"),
                 tr("Show something, and add it as a step (Ctrl+Shift+B). Steps have texts and are played one after "
                    "the other (Alt+PgDown)."));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->addLayout(top);
    auto* beside = new QHBoxLayout;
    beside->addWidget(m_pages, 2);
    beside->addWidget(m_editor, 1, Qt::AlignTop);
    column->addLayout(beside, 1);
    m_add = button(tr("Add"), tr("Add what the window shows (Ctrl+Shift+B)"), nullptr);
    connect(m_add, &QToolButton::clicked, &commands, &StoryCommands::addStep);
    m_ofStep << button(tr("Play"), tr("Play the story from this step (Enter)"), &StoryPanel::play)
             << button(tr("▲"), tr("Move the step up (Ctrl+Shift+Up)"), nullptr)
             << button(tr("▼"), tr("Move the step down (Ctrl+Shift+Down)"), nullptr)
             << button(tr("Delete"), tr("Delete the step; it can be undone"), &StoryPanel::remove);
    connect(m_ofStep[1], &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_ofStep[2], &QToolButton::clicked, this, [this] { move(1); });
    top->addWidget(m_add);
    for (QToolButton* each : m_ofStep)
        top->addWidget(each);
    makeKeys();
    setFocusProxy(m_table);

    connect(m_title, &QLineEdit::editingFinished, this, &StoryPanel::commitTitle);
    connect(m_model, &StoryModel::titleEdited, this,
            [this](int row, const QString& title) { m_commands.setTitle(static_cast<std::size_t>(row), title); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &StoryPanel::showStory);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &StoryPanel::showStory);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &StoryPanel::showCurrent);
    connect(m_table, &QTableView::activated, this, &StoryPanel::play);
    connect(m_editor, &NoteEditor::left, m_table, [this] { m_table->setFocus(); });
    connect(m_editor, &NoteEditor::drafted, &state.notes(), &NoteBook::keepDraft);
    connect(m_editor, &NoteEditor::edited, this, [this](const QString& where, const QString& text) {
        m_commands.setText(where.section(QLatin1Char(':'), 1).toULongLong(), text);
    });
    connect(&state, &AppState::loadingChanged, this, &StoryPanel::showStory);
    showStory();
}

QToolButton* StoryPanel::button(const QString& text, const QString& tip, void (StoryPanel::*run)())
{
    auto* made = new QToolButton(this);
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    if (run)
        connect(made, &QToolButton::clicked, this, run);
    return made;
}

void StoryPanel::makeKeys()
{
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto run) {
        auto* action = new QAction(text, m_table);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_table->addAction(action);
    };
    add(tr("&Play from here\tEnter"), {}, [this] { play(); });
    add(tr("Edit the te&xt"), {}, [this] {
        showCurrent();
        m_editor->edit();
    });
    add(tr("&Show here what the window shows now"), {}, [this] {
        if (currentStep() >= 0)
            m_commands.takeHere(static_cast<std::size_t>(currentStep()));
    });
    add(tr("Move &up"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up)}, [this] { move(-1); });
    add(tr("Move &down"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Down)}, [this] { move(1); });
    add(tr("De&lete"), {QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_Backspace)}, [this] { remove(); });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

int StoryPanel::currentStep() const
{
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

void StoryPanel::showCurrent()
{
    const int step = currentStep();
    for (QToolButton* each : m_ofStep)
        each->setEnabled(step >= 0);
    const Story& story = m_model->story();
    if (step < 0 || step >= static_cast<int>(story.steps.size()))
        m_editor->showNote({}, {});
    else
        m_editor->showNote(QStringLiteral("story:%1").arg(step),
                           QString::fromStdString(story.steps[static_cast<std::size_t>(step)].text));
}

void StoryPanel::showStory()
{
    const Story& story = m_model->story();
    m_pages->setCurrentWidget(story.steps.empty() ? static_cast<QWidget*>(m_empty) : m_table);
    m_title->setEnabled(m_state.isOpen());
    m_add->setEnabled(m_state.isOpen());
    if (!m_title->isModified())
        m_title->setText(QString::fromStdString(story.title));
    showCurrent();
}

void StoryPanel::commitTitle()
{
    if (!m_title->isModified())
        return;
    m_title->setModified(false);
    m_commands.setStoryTitle(m_title->text());
    m_title->setText(QString::fromStdString(m_model->story().title));
}

void StoryPanel::write(int step)
{
    if (step < 0 || step >= m_model->rowCount())
        return;
    chooseRow(*m_table, step);
    showCurrent();
    m_editor->edit();
}

void StoryPanel::move(int by)
{
    const int step = currentStep();
    if (step >= 0 && m_commands.moveStep(static_cast<std::size_t>(step), by))
        chooseRow(*m_table, step + by);
}

void StoryPanel::remove()
{
    const int step = currentStep();
    if (step < 0)
        return;
    m_commands.removeStep(static_cast<std::size_t>(step));
    chooseRow(*m_table, std::min(step, m_model->rowCount() - 1));
}

void StoryPanel::play()
{
    if (currentStep() >= 0)
        m_commands.play(static_cast<std::size_t>(currentStep()));
}

} // namespace arcscope
