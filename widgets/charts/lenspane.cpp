#include "lenspane.h"

#include "brieflabel.h"
#include "controlrow.h"
#include "displaytext.h"
#include "lenschartview.h"
#include "lenstext.h"
#include "plaintip.h"
#include "tablestyle.h"
#include "tabletext.h"
#include "viewexport.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSaveFile>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

QLabel* plainLabel()
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setContentsMargins(8, 0, 8, 2);
    return label;
}

} // namespace

LensPane::LensPane(QWidget* parent)
    : QWidget(parent)
    , m_model(new LensTableModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_title(new BriefLabel)
    , m_count(plainLabel())
    , m_charts(new QComboBox)
    , m_asTable(new QToolButton)
    , m_copy(new QToolButton)
    , m_save(new QToolButton)
    , m_close(new QToolButton)
    , m_chart(new LensChartView)
    , m_scroll(new QScrollArea)
    , m_table(new QTableView)
    , m_pages(new QStackedWidget)
    , m_sentence(plainLabel())
    , m_remarks(plainLabel())
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(LensTableModel::SortRole);
    m_table->setModel(m_sorted);
    setUpTable(*m_table, tr("Table of the lens"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_pages->addWidget(m_chart);
    m_pages->addWidget(m_table);
    m_pages->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    // Where there is little room the chart keeps its height, and the remarks are reached by scrolling.
    auto* inside = new QWidget;
    auto* below = new QVBoxLayout(inside);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(m_pages, 1);
    below->addWidget(m_remarks);
    m_remarks->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_sentence);
    column->addWidget(m_scroll, 1);
    setFocusProxy(m_chart);

    connect(m_chart, &LensChartView::activated, this, &LensPane::choosePiece);
    connect(m_chart, &LensChartView::boxDrawn, this, &LensPane::boxDrawn);
    connect(m_chart, &LensChartView::hovered, this, &LensPane::hovered);
    connect(m_table, &QTableView::activated, this, &LensPane::chooseRow);
    connect(m_charts, &QComboBox::currentIndexChanged, this, &LensPane::showChart);
    connect(m_charts, &QComboBox::currentTextChanged, this,
            [this](const QString& now) { setPlainTip(*m_charts, now); });
}

QWidget* LensPane::makeHead()
{
    auto* bar = new QWidget;
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(0, 2, 6, 0);
    rows->setSpacing(0);
    auto* row = new ControlRow;
    row->setContentsMargins(0, 0, 0, 0);
    auto* beside = new ControlRow;
    beside->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(row);
    rows->addLayout(beside);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setContentsMargins(8, 0, 8, 2);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_title->setBrief(true);
    m_count->setWordWrap(false);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_charts->setAccessibleName(tr("Which chart"));
    m_charts->setSizeAdjustPolicy(QComboBox::AdjustToContents); // and narrower where there is no room
    m_charts->setMinimumContentsLength(14);
    m_asTable->setText(tr("as &table"));
    m_asTable->setCheckable(true);
    m_asTable->setToolTip(tr("Show the numbers in place of the chart (Ctrl+Shift+A)"));
    connect(m_asTable, &QToolButton::toggled, this, &LensPane::showTable);
    auto* toTable = new QAction(tr("Show as table"), this);
    toTable->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    toTable->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(toTable, &QAction::triggered, m_asTable, &QToolButton::toggle);
    addAction(toTable);
    m_copy->setText(tr("&Copy"));
    m_copy->setToolTip(tr("Copy the table"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_copy);
    connect(menu->addAction(tr("As &TSV")), &QAction::triggered, this, [this] { copy(false); });
    connect(menu->addAction(tr("As &Markdown")), &QAction::triggered, this, [this] { copy(true); });
    m_copy->setMenu(menu);
    m_save->setText(tr("&Save\u2026"));
    m_save->setToolTip(tr("Save the chart as PNG, SVG or PDF, or the table as CSV"));
    connect(m_save, &QToolButton::clicked, this, &LensPane::saveAs);
    m_close->setText(QString(QChar(0x00d7)));
    m_close->setToolTip(tr("Hide this"));
    m_close->setAccessibleName(tr("Hide this"));
    m_close->hide();
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        emit closed();
    });
    row->addWidget(m_title);
    row->addGap();
    beside->addWidget(m_count);
    beside->addGap();
    beside->addWidget(m_charts);
    for (QToolButton* button : {m_asTable, m_copy, m_save, m_close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
    }
    return bar;
}

void LensPane::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

QString LensPane::sentence() const
{
    return m_sentence->text();
}

int LensPane::wantedHeight(int width) const
{
    int height = (saysNothing() ? 0 : m_chart->minimumSizeHint().height()) + 4 * fontMetrics().height();
    for (const QLabel* label : {m_sentence, m_remarks}) {
        if (!label->text().isEmpty())
            height += label->heightForWidth(width);
    }
    return height;
}

void LensPane::show(const QString& title, const QString& caveat, LensResultPtr result)
{
    m_result = std::move(result);
    m_model->setResult(m_result);
    m_title->setText(title);
    m_title->setToolTip(plainTip(title));
    m_sentence->setText(m_result ? oneLine(m_result->sentence, 1'000) : QString());
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    {
        const QSignalBlocker quiet(m_charts);
        m_charts->clear();
        for (std::size_t i = 0; m_result && i < m_result->charts.size(); ++i)
            m_charts->addItem(oneLine(m_result->charts[i].title, 80));
    }
    m_charts->setVisible(m_charts->count() > 1 && !m_forPicture);
    m_table->setAccessibleName(tr("%1, as a table").arg(title));
    m_table->resizeColumnsToContents();
    constexpr int widest = 320;
    for (int i = 0; i < m_model->columnCount(); ++i)
        m_table->setColumnWidth(i, std::min(m_table->columnWidth(i), widest));
    showRemarks(caveat);
    showChart(0);
}

void LensPane::showRemarks(const QString& caveat)
{
    QStringList lines;
    if (m_result) {
        for (const LensMissing& missing : m_result->missing) {
            QString field = oneLine(missing.field, 60);
            if (missing.of > 0)
                field = tr("%1 (%2 of %3)")
                            .arg(field, countText(static_cast<qint64>(missing.lacking)),
                                 countText(static_cast<qint64>(missing.of)));
            QString line = tr("Not recorded: %1. %2").arg(field, oneLine(missing.effect, 300));
            if (!missing.names.empty())
                line += tr(" It would come from %1.").arg(oneLine(missing.names, 300));
            lines << line;
        }
        for (const std::string& remark : m_result->caveats)
            lines << oneLine(remark, 400);
    }
    if (!caveat.isEmpty())
        lines << caveat;
    m_remarks->setText(lines.join(QLatin1Char('\n')));
    m_remarks->setVisible(!lines.isEmpty());
}

/// A table of headings alone would push away what says why.
bool LensPane::saysNothing() const
{
    return m_result && m_result->charts.empty() && m_result->table.rows.empty();
}

void LensPane::showCount()
{
    QString text;
    if (m_result)
        text = tr("n %1 %2").arg(countText(static_cast<qint64>(m_result->n)),
                                 oneLine(ofSoMany(m_result->n, m_result->of), 60));
    if (m_forPicture && m_charts->currentIndex() >= 0)
        text += QStringLiteral(" \u00b7 ") + m_charts->currentText();
    m_count->setText(text);
}

void LensPane::setForPicture(bool picture)
{
    m_forPicture = picture;
    for (QToolButton* const button : {m_asTable, m_copy, m_save})
        button->setVisible(!picture);
    m_charts->setVisible(m_charts->count() > 1 && !picture);
    showCount();
}

void LensPane::showChart(int index)
{
    const bool any = m_result && index >= 0 && static_cast<std::size_t>(index) < m_result->charts.size();
    if (any)
        m_chart->setSource(m_result->charts[static_cast<std::size_t>(index)], m_sentence->text());
    m_asTable->setEnabled(any);
    m_pages->setVisible(!saysNothing());
    showCount();
    m_pages->setCurrentIndex(any && !m_asTable->isChecked() ? 0 : 1);
}

void LensPane::showTable(bool table)
{
    const bool focused = m_chart->hasFocus() || m_table->hasFocus();
    m_asTable->setChecked(table);
    m_pages->setCurrentIndex(table ? 1 : 0);
    if (focused)
        (table ? static_cast<QWidget*>(m_table) : m_chart)->setFocus();
}

void LensPane::choosePiece(int piece)
{
    const ChartPiece& chosen = m_chart->pieces()[static_cast<std::size_t>(piece)];
    emit spansChosen(pieceSpans(m_chart->source(), chosen), pieceText(m_chart->source(), chosen));
}

void LensPane::chooseRow()
{
    const QModelIndex index = m_sorted->mapToSource(m_table->currentIndex());
    if (index.isValid())
        emit spansChosen(m_model->spansOf(index.row()), m_model->lineText(index.row()));
}

void LensPane::copy(bool markdown)
{
    QMimeData* const mime = tableMime(*m_sorted);
    if (markdown)
        mime->setText(tableMarkdown(*m_sorted));
    QGuiApplication::clipboard()->setMimeData(mime);
    emit said(tr("The table is on the clipboard"));
}

Result<void> LensPane::save(const QString& file)
{
    if (!m_result)
        return Error{ErrorCode::Unsupported, "there is nothing to save"};
    if (!file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) {
        ExportOptions options;
        options.title = m_title->text();
        const bool closable = m_close->isVisibleTo(this);
        m_close->hide();
        setForPicture(true);
        const auto saved = exportView(*this, options, file);
        setForPicture(false);
        m_close->setVisible(closable);
        return saved;
    }
    const std::string csv = csvOf(m_result->table);
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(csv.data(), static_cast<qint64>(csv.size())) < 0 ||
        !target.commit())
        return Error{ErrorCode::Store,
                     file.toStdString() + ": cannot be written: " + target.errorString().toStdString()};
    return {};
}

void LensPane::saveAs()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save %1").arg(m_title->text()), {},
                                     tr("Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Table (*.csv)"));
    if (file.isEmpty())
        return;
    const auto saved = save(file);
    emit said(saved ? tr("Saved %1").arg(oneLine(file.toStdString(), 200)) : oneLine(saved.error().message, 300));
}

} // namespace arcscope
