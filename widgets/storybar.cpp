#include "storybar.h"

#include "displaytext.h"
#include "storycommands.h"
#include "storymodel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int linesShown = 4;

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

StoryBar::StoryBar(StoryCommands& commands, QWidget* parent)
    : QFrame(parent)
    , m_commands(commands)
    , m_where(new QLabel(this))
    , m_title(plainLabel(this))
    , m_text(plainLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_missing(plainLabel(this))
    , m_previous(button(tr("◀"), tr("Previous step (Alt+PgUp)")))
    , m_next(button(tr("▶"), tr("Next step (Alt+PgDown)")))
    , m_close(button(tr("✕"), tr("Stop playing the story")))
{
    setAccessibleName(tr("Story"));
    m_where->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    // A long text is scrolled, so that the view keeps its room.
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_text);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_text->setAutoFillBackground(false);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto* top = new QHBoxLayout;
    top->addWidget(m_previous);
    top->addWidget(m_where);
    top->addWidget(m_next);
    top->addWidget(m_title, 1);
    top->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(2);
    column->addLayout(top);
    column->addWidget(m_scroll);
    column->addWidget(m_missing);
    connect(m_previous, &QToolButton::clicked, this, [this] { m_commands.go(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_commands.go(1); });
    connect(m_close, &QToolButton::clicked, &commands, &StoryCommands::stop);
    connect(&commands, &StoryCommands::atChanged, this, &StoryBar::showStep);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    showStep();
}

QToolButton* StoryBar::button(const QString& text, const QString& tip)
{
    auto* made = new QToolButton(this);
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    return made;
}

QString StoryBar::text() const
{
    return m_text->text();
}

void StoryBar::setMissing(const QString& missing)
{
    m_missing->setText(missing);
    m_missing->setVisible(!missing.isEmpty());
}

void StoryBar::showStep()
{
    const auto at = m_commands.at();
    const Story& story = m_commands.story();
    setVisible(at.has_value());
    setMissing({});
    if (!at)
        return;
    const StoryStep& step = story.steps[*at];
    m_where->setText(
        tr("%1 of %2")
            .arg(countText(static_cast<qint64>(*at) + 1), countText(static_cast<qint64>(story.steps.size()))));
    m_title->setText(step.title.empty() && !step.text.empty() ? oneLine(story.title) : stepName(story, *at));
    m_text->setText(safeText(step.text));
    m_scroll->setVisible(!step.text.empty());
    fitText();
    m_previous->setEnabled(*at > 0);
    m_next->setEnabled(*at + 1 < story.steps.size());
}

void StoryBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitText();
}

/// As high as the text is, up to a few lines.
void StoryBar::fitText()
{
    const int width = std::max(1, contentsRect().width() - 24);
    const QRect text = m_text->fontMetrics().boundingRect(0, 0, width, 10'000, Qt::TextWordWrap, m_text->text());
    const int line = m_text->fontMetrics().lineSpacing();
    m_scroll->setFixedHeight(std::clamp(text.height(), line, line * linesShown) + 4);
}

} // namespace arcscope
