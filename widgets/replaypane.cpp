#include "replaypane.h"

#include "displaytext.h"
#include "evidencetext.h"
#include "quotetext.h"
#include "replaypainter.h"
#include "replayphrases.h"
#include "theme.h"

#include <QEvent>
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

/// Characters of a text that are laid out.
constexpr std::size_t mostWritten = 64 * 1024;

} // namespace

ReplayPane::ReplayPane(QWidget* parent)
    : QWidget(parent)
    , m_known(new QLabel)
    , m_streams(new QToolButton)
    , m_row(new QHBoxLayout)
    , m_scroll(new QScrollArea)
{
    m_known->setTextFormat(Qt::PlainText);
    m_known->setWordWrap(true);
    m_known->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_known->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_known->setAccessibleName(tr("What differs at this step"));
    m_streams->setText(tr("Both strea&ms"));
    m_streams->setToolTip(tr("Show both streams one above the other with one playhead"));
    m_streams->setFocusPolicy(Qt::StrongFocus);
    m_streams->hide();
    auto* const head = new QHBoxLayout;
    head->setContentsMargins(8, 3, 6, 2);
    head->addWidget(m_known, 1);
    head->addWidget(m_streams);
    auto* const content = new QWidget;
    m_row->setContentsMargins(6, 0, 6, 4);
    m_row->setSpacing(8);
    content->setLayout(m_row);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    setMinimumHeight(fontMetrics().height() * 5);
    connect(m_streams, &QToolButton::clicked, this, [this] {
        if (m_line.empty() || !m_reading)
            return;
        const ReplaySide* const base = m_reading->side(m_line.front(), 0);
        const ReplaySide* const other = m_reading->side(m_line.front(), std::max<std::size_t>(1, m_column));
        if (base && other)
            emit streamsRequested(base->row, other->row);
    });
}

EvidenceText* ReplayPane::text(std::size_t column) const
{
    return column < m_columns.size() ? m_columns[column].text : nullptr;
}

void ReplayPane::makeColumns(std::size_t count)
{
    while (m_columns.size() > count) {
        delete m_columns.back().widget;
        m_columns.pop_back();
    }
    while (m_columns.size() < count) {
        const std::size_t number = m_columns.size();
        Column made{new QWidget, new QLabel, new EvidenceText(tr("Step of run %1").arg(sideLetter(number))),
                    new QToolButton};
        auto* const column = new QVBoxLayout(made.widget);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        auto* const head = new QHBoxLayout;
        made.title->setTextFormat(Qt::PlainText);
        made.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        QFont bold = made.title->font();
        bold.setBold(true);
        made.title->setFont(bold);
        made.go->setText(tr("Go"));
        made.go->setToolTip(tr("Show the span of this step where it is"));
        made.go->setAccessibleName(tr("Go to the step of run %1").arg(sideLetter(number)));
        made.go->setAutoRaise(true);
        connect(made.go, &QToolButton::clicked, this, [this, number] {
            const ReplaySide* const side =
                m_reading && !m_line.empty() ? m_reading->side(m_line.front(), number) : nullptr;
            if (side && side->row != noRow)
                emit goRequested(side->row);
        });
        head->addWidget(made.title, 1);
        head->addWidget(made.go);
        column->addLayout(head);
        column->addWidget(made.text);
        column->addStretch(1);
        m_row->addWidget(made.widget, 1);
        m_columns.push_back(made);
    }
}

void ReplayPane::showLine(const ReplayReadingPtr& reading, const ReplayLine* line, std::size_t column)
{
    m_reading = reading;
    m_line.clear();
    if (line)
        m_line.push_back(*line);
    m_column = column;
    write();
}

void ReplayPane::setStreamed(bool on)
{
    m_streams->setVisible(on);
}

void ReplayPane::write()
{
    if (!m_reading || m_line.empty()) {
        makeColumns(0);
        m_known->setText(m_reading ? tr("Choose a step to see it in full.") : QString());
        return;
    }
    const ReplayLine& line = m_line.front();
    makeColumns(m_reading->comparisons.size() + 1);
    QStringList known;
    for (std::size_t column = 1; column < m_columns.size(); ++column) {
        const QString what = replayStepText(*m_reading, line, column);
        if (!what.isEmpty())
            known << (m_columns.size() > 2
                          ? QStringLiteral("%1: %2").arg(sideLetter(m_reading->candidates[column - 1] + 1), what)
                          : what);
    }
    m_known->setText(known.join(QStringLiteral("    ")));
    const Theme& theme = themeFor(palette());
    QTextCharFormat marked;
    marked.setFontWeight(QFont::Bold);
    marked.setUnderlineStyle(QTextCharFormat::SingleUnderline);
    marked.setUnderlineColor(theme[ColourRole::Contradiction].fill);
    marked.setBackground(theme.tint(ColourRole::Contradiction));
    QTextCharFormat muted;
    muted.setForeground(theme.muted);
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        Column& at = m_columns[column];
        at.text->clearText();
        const ReplayText* const text = m_reading->text(line, column);
        const ReplayStep* const step = m_reading->step(line, column);
        const std::size_t side = column == 0 ? 0 : m_reading->candidates[column - 1] + 1;
        at.go->setEnabled(text != nullptr);
        if (!text || !step) {
            at.title->setText(sideLetter(side));
            at.text->add(tr("This run has no such step."), muted);
            continue;
        }
        const bool call = step->kind == ReplayStepKind::ToolCall || step->kind == ReplayStepKind::Agent;
        at.title->setText(QStringLiteral("%1  %2%3")
                              .arg(sideLetter(side), stepKindText(step->kind),
                                   call ? QLatin1Char(' ') + oneLine(step->tool, 60) : QString()));
        const ShownQuote shown = shownStep(*m_reading, line, column, 0, mostWritten);
        int done = 0;
        for (const ShownMark& mark : shown.marks) {
            at.text->add(shown.text.mid(done, mark.from - done));
            at.text->add(shown.text.mid(mark.from, mark.to - mark.from), marked);
            done = mark.to;
        }
        at.text->add(shown.text.mid(done));
        if (text->text.empty())
            at.text->add(call ? tr("no arguments recorded") : tr("no text recorded"), muted);
        if (text->text.size() > mostWritten)
            at.text->add(
                tr("\n\u2026 %1 bytes more").arg(countText(static_cast<qint64>(text->text.size() - mostWritten))),
                muted);
        if (call) {
            at.text->add(QStringLiteral("\n\n"));
            at.text->add(text->hasResult ? tr("Result") : tr("No result is recorded"), muted);
            if (text->hasResult) {
                at.text->add(QStringLiteral("\n"));
                at.text->add(safeText(std::string_view(text->result).substr(0, mostWritten)));
            }
        }
    }
}

void ReplayPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace arcscope
