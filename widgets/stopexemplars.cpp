#include "stopexemplars.h"

#include "brieflabel.h"
#include "displaytext.h"
#include "evidencetext.h"
#include "plaintip.h"
#include "stoplabel.h"
#include "stopmatrixdelegate.h"
#include "stopwords.h"
#include "tablestyle.h"
#include "tabletext.h"
#include "theme.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace arcscope
{

StopExemplars::StopExemplars(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new StopListModel(this))
    , m_table(new QTableView)
    , m_title(new BriefLabel)
    , m_all(new QToolButton)
    , m_others(new QToolButton)
    , m_badge(new StopLabel)
    , m_rule(new QLabel)
    , m_text(new EvidenceText(tr("What the call said at its end")))
    , m_go(new QToolButton)
    , m_scroll(new QScrollArea)
{
    setUpTable();
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(m_table);
    split->addWidget(makeDetails());
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setSizes({1'000, 1'000});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(split, 1);
}

QWidget* StopExemplars::makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(8, 2, 6, 2);
    m_title->setBrief(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_all->setText(tr("List &all"));
    m_all->setCheckable(true);
    m_all->setToolTip(tr("List all of these calls, in place of the longest, the newest and five others"));
    m_others->setText(tr("Draw &others"));
    m_others->setToolTip(tr("Draw five other examples (R)"));
    for (QToolButton* each : {m_all, m_others}) {
        each->setAutoRaise(true);
        each->setFocusPolicy(Qt::StrongFocus);
        each->setAccessibleName(each->toolTip());
    }
    connect(m_all, &QToolButton::toggled, this, [this] { fill(currentSpan()); });
    connect(m_others, &QToolButton::clicked, this, &StopExemplars::drawOthers);
    row->addWidget(m_title, 1);
    row->addWidget(m_all);
    row->addWidget(m_others);
    return head;
}

QWidget* StopExemplars::makeDetails()
{
    auto* details = new QWidget;
    auto* column = new QVBoxLayout(details);
    column->setContentsMargins(8, 4, 6, 4);
    column->setSpacing(3);
    auto* head = new QHBoxLayout;
    head->addWidget(m_badge, 1);
    m_go->setText(tr("&Go"));
    m_go->setToolTip(tr("Show this call where it is (Enter)"));
    m_go->setFocusPolicy(Qt::StrongFocus);
    connect(m_go, &QToolButton::clicked, this, &StopExemplars::goToSpan);
    head->addWidget(m_go);
    m_rule->setTextFormat(Qt::PlainText);
    m_rule->setWordWrap(true);
    m_rule->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_rule->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* inside = new QWidget;
    auto* text = new QVBoxLayout(inside);
    text->setContentsMargins(0, 0, 0, 0);
    text->addWidget(m_rule);
    text->addWidget(m_text);
    text->addStretch(1);
    m_text->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    details->setMinimumSize(fontMetrics().averageCharWidth() * 24, fontMetrics().height() * 5);
    return details;
}

void StopExemplars::setUpTable()
{
    m_table->setModel(m_model);
    arcscope::setUpTable(*m_table, tr("Calls"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(StopListModel::StopColumn, new StopBadgeDelegate(m_table));
    m_table->setMinimumHeight(fontMetrics().height() * 4);
    const int em = m_table->fontMetrics().averageCharWidth();
    constexpr std::pair<int, int> widths[] = {
        {StopListModel::WhyColumn, 10},   {StopListModel::NameColumn, 24},  {StopListModel::StopColumn, 30},
        {StopListModel::RuleColumn, 22},  {StopListModel::ModelColumn, 24}, {StopListModel::TokensColumn, 10},
        {StopListModel::StartColumn, 26},
    };
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width * em);
    QHeaderView& header = *m_table->horizontalHeader();
    header.moveSection(header.visualIndex(StopListModel::StopColumn), 2);
    fitColumn(*m_table, StopListModel::EndColumn, 20 * em);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &StopExemplars::showCurrent);
    connect(m_table, &QTableView::activated, this, &StopExemplars::goToSpan);
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto run) {
        auto* action = new QAction(text, m_table);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_table->addAction(action);
    };
    add(tr("&Go to the span"), {}, [this] { goToSpan(); });
    add(tr("Draw &other examples"), {QKeySequence(Qt::Key_R)}, [this] { drawOthers(); });
    add(tr("List &all"), {QKeySequence(Qt::Key_A)}, [this] { m_all->toggle(); });
    add(tr("&Copy the list"), {QKeySequence::Copy},
        [this] { QGuiApplication::clipboard()->setMimeData(tableMime(*m_model)); });
    add(tr("&Back to the table"), {QKeySequence(Qt::Key_Escape)}, [this] { emit left(); });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void StopExemplars::showRows(const QString& title, StopsPtr of, std::vector<Row> rows)
{
    const Row keep = m_table->hasFocus() ? currentSpan() : noRow;
    m_title->setText(title);
    m_title->setToolTip(plainTip(title));
    const bool same = m_of == of && m_rows == rows;
    m_of = std::move(of);
    m_rows = std::move(rows);
    if (!same)
        fill(keep);
}

void StopExemplars::fill(Row keep)
{
    std::vector<StopExemplar> stops;
    if (m_of && m_of->corpus) {
        stops = stopExemplars(*m_of->corpus, m_rows, m_seed);
        if (m_all->isChecked()) {
            stops.clear();
            for (const Row row : m_rows)
                stops.push_back({row, StopExemplar::Why::None});
        }
    }
    m_all->setText(tr("List &all %1").arg(countText(static_cast<qint64>(m_rows.size()))));
    m_others->setEnabled(!m_all->isChecked() && m_rows.size() > stops.size());
    int row = stops.empty() ? -1 : 0;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (stops[i].row == keep)
            row = static_cast<int>(i);
    }
    m_model->setStops(m_of, m_state.isOpen() ? m_state.corpus() : m_of ? m_of->corpus : nullptr, std::move(stops));
    m_table->setColumnHidden(StopListModel::WhyColumn, m_all->isChecked());
    read();
    if (row >= 0) {
        m_table->setCurrentIndex(m_model->index(row, StopListModel::EndColumn));
        m_table->scrollTo(m_model->index(row, StopListModel::EndColumn));
    }
    showCurrent();
}

void StopExemplars::drawOthers()
{
    ++m_seed;
    if (!m_all->isChecked())
        fill(currentSpan());
}

/// Of examples all ends are read at once; of a whole list only that of the chosen call.
void StopExemplars::read()
{
    m_reading.cancel();
    if (!m_state.openCorpus() || m_all->isChecked() || m_model->stops().empty())
        return;
    std::vector<Row> rows;
    for (const StopExemplar& each : m_model->stops())
        rows.push_back(each.row);
    m_reading.start(
        [open = m_state.openCorpus(), of = m_of, rows = std::move(rows)](const std::stop_token& stop) {
            return std::make_shared<std::vector<StopReading>>(readStops(*open, *of, rows, stop));
        },
        [this](const std::shared_ptr<std::vector<StopReading>>& readings) { showReadings(std::move(*readings)); });
}

void StopExemplars::showReadings(std::vector<StopReading> readings)
{
    m_model->addReadings(std::move(readings));
    write();
}

Row StopExemplars::currentSpan() const
{
    const int row = m_table->currentIndex().row();
    return row < 0 || row >= m_model->rowCount() ? noRow : m_model->rowOf(row);
}

void StopExemplars::showCurrent()
{
    const Row span = currentSpan();
    m_go->setEnabled(span != noRow);
    write();
    if (span == noRow || !m_state.openCorpus() || m_model->readingOf(m_table->currentIndex().row()) ||
        !m_all->isChecked())
        return;
    m_readingOne.start(
        [open = m_state.openCorpus(), of = m_of, span](const std::stop_token& stop) {
            return std::make_shared<std::vector<StopReading>>(readStops(*open, *of, {span}, stop));
        },
        [this](const std::shared_ptr<std::vector<StopReading>>& readings) { showReadings(std::move(*readings)); });
}

void StopExemplars::write()
{
    const Theme& theme = themeFor(palette());
    m_text->clearText();
    const int row = m_table->currentIndex().row();
    if (currentSpan() == noRow) {
        m_badge->setPair({});
        m_rule->clear();
        return;
    }
    const SpanStop* const stop = m_model->stopOf(row);
    const StopPair pair = stopPair(*m_of->corpus, stop);
    m_badge->setPair(pair);
    QStringList why{tr("Rule %1: %2").arg(pair.rule, pair.why)};
    if (stop)
        why += stopRemarks(*stop);
    m_rule->setText(why.join(QLatin1Char(' ')));
    const StopReading* const reading = m_model->readingOf(row);
    if (!reading)
        return;
    QTextCharFormat muted;
    muted.setForeground(theme.muted);
    QTextCharFormat marked;
    const ColourRole role = pair.disagrees ? ColourRole::Contradiction : ColourRole::Model;
    marked.setBackground(theme.tint(role));
    marked.setFontWeight(QFont::Bold);
    marked.setUnderlineStyle(QTextCharFormat::SingleUnderline);
    marked.setUnderlineColor(theme[role].fill);
    const auto add = [&](const StopExcerpt& excerpt, const QString& title) {
        m_text->add(title + QLatin1Char('\n'), muted);
        if (excerpt.cutBefore)
            m_text->add(QStringLiteral("\u2026"), muted);
        m_text->add(excerpt.text.left(excerpt.markFrom));
        m_text->add(excerpt.text.mid(excerpt.markFrom, excerpt.markTo - excerpt.markFrom), marked);
        m_text->add(excerpt.text.mid(excerpt.markTo));
        m_text->add(excerpt.cutBehind ? QStringLiteral("\u2026") : QStringLiteral("\u2590"), muted);
    };
    if (!reading->problem.isEmpty())
        m_text->add(reading->problem, muted);
    if (!reading->decided.text.isEmpty()) {
        add(reading->decided, tr("What decided it (%1)").arg(reading->decided.title));
        if (!reading->end.text.isEmpty())
            m_text->add(QStringLiteral("\n"));
    }
    if (!reading->end.text.isEmpty())
        add(reading->end, tr("How it ends (%1)").arg(reading->end.title));
}

void StopExemplars::goToSpan()
{
    if (const Row span = currentSpan(); span != noRow)
        emit spanChosen(span);
}

void StopExemplars::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace arcscope
