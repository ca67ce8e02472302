#include "inspector.h"

#include "conversationdocument.h"
#include "displaytext.h"
#include "emptystate.h"
#include "notebook.h"
#include "notecommands.h"
#include "noteeditor.h"
#include "pricebook.h"
#include "readingstyle.h"
#include "recordrange.h"
#include "spanfactlist.h"
#include "stopbook.h"
#include "stoplabel.h"
#include "stopwords.h"
#include "tablestyle.h"

#include <QCheckBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace arcscope
{
namespace
{

/// A browser that follows nothing: trace text is never active.
QTextBrowser* makeReader(QWidget* parent, const QString& name)
{
    auto* reader = new QTextBrowser(parent);
    reader->setAccessibleName(name);
    reader->setOpenLinks(false);
    reader->setOpenExternalLinks(false);
    reader->setUndoRedoEnabled(false);
    return reader;
}

/// All tabs of a narrow panel are in sight.
class NarrowTabs : public QProxyStyle
{
public:
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        const int usual = QProxyStyle::pixelMetric(metric, option, widget);
        return metric == PM_TabBarTabHSpace ? std::min(usual, 12) : usual;
    }
};

QTableView* makeTable(QWidget* parent, QAbstractItemModel* model, const QString& name)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    setUpTable(*table, name);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->setColumnWidth(0, table->fontMetrics().horizontalAdvance(QLatin1Char('0')) * 20);
    return table;
}

} // namespace

Inspector::Inspector(AppState& state, NoteCommands& notes, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_notes(notes)
    , m_traceNote(new NoteEditor(tr("Note on the trace"), this))
    , m_spanNote(new NoteEditor(tr("Note on the span"), this))
    , m_stop(new StopLabel(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_tabs(new QTabWidget(this))
    , m_summary(new AttributeModel(this))
    , m_usage(new AttributeModel(this))
    , m_attributes(new AttributeModel(this))
    , m_attributeProxy(new QSortFilterProxyModel(this))
    , m_wholeHistory(new QCheckBox(tr("Show the &whole history"), this))
    , m_messages(makeReader(this, tr("Messages")))
    , m_tool(makeReader(this, tr("Arguments and result")))
    , m_raw(new QPlainTextEdit(this))
{
    m_raw->setReadOnly(true);
    m_raw->setAccessibleName(tr("Raw record"));
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    readAsCode(*m_raw);
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(true);
    auto* narrow = new NarrowTabs;
    narrow->setParent(m_tabs);
    m_tabs->tabBar()->setStyle(narrow);
    QFont tabFont = m_tabs->font();
    tabFont.setPointSizeF(std::max(8.0, tabFont.pointSizeF() * 0.92));
    m_tabs->tabBar()->setFont(tabFont);
    m_tabs->addTab(makeTable(this, m_summary, tr("Summary")), tr("Summary"));
    m_tabs->addTab(makeMessagesPage(), tr("Messages"));
    m_tabs->addTab(m_tool, tr("Tool"));
    m_tabs->addTab(makeTable(this, m_usage, tr("Usage")), tr("Usage"));
    m_tabs->addTab(makeAttributesPage(), tr("Attributes"));
    m_tabs->addTab(m_raw, tr("Raw"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tabs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(6, 0, 6, 0);
    head->addWidget(m_stop);
    head->addStretch(1);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    column->addWidget(m_traceNote);
    column->addWidget(m_spanNote);

    for (NoteEditor* editor : {m_traceNote, m_spanNote}) {
        connect(editor, &NoteEditor::left, this, &Inspector::left);
        connect(editor, &NoteEditor::edited, this, [this, editor](const QString& place, const QString& text) {
            m_notes.set(place, text, editor == m_spanNote ? tr("a span") : tr("a trace"));
        });
    }
    for (NoteEditor* editor : {m_traceNote, m_spanNote})
        connect(editor, &NoteEditor::drafted, &state.notes(), &NoteBook::keepDraft);
    connect(&notes, &NoteCommands::editRequested, this, &Inspector::editNote);
    connect(&state.notes(), &NoteBook::changed, this, &Inspector::showNotes);
    connect(&state, &AppState::corpusChanged, this, &Inspector::showNotes);
    connect(&state, &AppState::traceChanged, this, &Inspector::showNotes);
    connect(&state, &AppState::spanChanged, this, &Inspector::showNotes);
    connect(&state, &AppState::spanChanged, this, &Inspector::showSpan);
    connect(&state, &AppState::spanChanged, this, &Inspector::showStop);
    connect(&state, &AppState::corpusChanged, this, &Inspector::showSpan);
    connect(&state.prices(), &PriceBook::changed, this, &Inspector::showSpan);
    connect(m_wholeHistory, &QCheckBox::toggled, this, &Inspector::showMessages);
    showSpan();
}

QWidget* Inspector::makeMessagesPage()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(4, 4, 4, 4);
    column->addWidget(m_wholeHistory);
    column->addWidget(m_messages);
    return page;
}

QWidget* Inspector::makeAttributesPage()
{
    auto* page = new QWidget(this);
    auto* filter = new QLineEdit(page);
    filter->setPlaceholderText(tr("Filter the attributes"));
    filter->setAccessibleName(tr("Filter the attributes"));
    filter->setClearButtonEnabled(true);
    m_attributeProxy->setSourceModel(m_attributes);
    m_attributeProxy->setFilterKeyColumn(-1);
    m_attributeProxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(filter, &QLineEdit::textChanged, m_attributeProxy, &QSortFilterProxyModel::setFilterFixedString);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(4, 4, 4, 4);
    column->addWidget(filter);
    column->addWidget(makeTable(page, m_attributeProxy, tr("Attributes")));
    return page;
}

void Inspector::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_inspection)
        showInspection(m_inspection);
}

void Inspector::setStops(const StopBook& stops)
{
    m_stops = &stops;
    connect(&stops, &StopBook::changed, this, &Inspector::showStop);
    showStop();
}

void Inspector::showStop()
{
    const Row row = m_state.span();
    m_stop->setPair(m_stops && row != noRow ? m_stops->pair(row) : StopPair());
    if (m_inspection && m_inspection->row == row)
        m_summary->setAttributes(summary());
}

std::vector<Attribute> Inspector::summary() const
{
    const Row row = m_inspection ? m_inspection->row : m_state.span();
    std::vector<Attribute> facts = summaryFacts(*m_state.corpus(), row, m_inspection.get());
    const StopsPtr stops = m_stops ? m_stops->stops() : nullptr;
    if (!stops || !stops->corpus)
        return facts;
    std::vector<Attribute> more = stopFacts(*stops->corpus, stops->of(row));
    std::move(more.begin(), more.end(), std::back_inserter(facts));
    return facts;
}

void Inspector::showNotes()
{
    const NoteBook& book = m_state.notes();
    m_traceNote->showNote(m_notes.placeOfTrace(), book.note(m_notes.placeOfTrace()));
    m_spanNote->showNote(m_notes.placeOfSpan(), book.note(m_notes.placeOfSpan()));
}

void Inspector::editNote(const QString& place)
{
    showNotes(); // the selection may be newer than what is shown
    for (NoteEditor* editor : {m_traceNote, m_spanNote}) {
        if (editor->place() == place)
            editor->edit();
    }
}

void Inspector::showSpan()
{
    const Row row = m_state.span();
    const bool grown = m_state.growing() && m_inspection && row != noRow && m_state.isOpen();
    if (grown) { // most spans are as they were: what is read stays until that is known
        m_task.start([open = m_state.openCorpus(), row, prices = m_state.prices().table()](
                         const std::stop_token&) { return inspect(*open, row, prices); },
                     [this](std::shared_ptr<SpanInspection> inspection) { showGrown(std::move(inspection)); });
        return;
    }
    m_task.cancel();
    m_inspection.reset();
    if (row == noRow || row >= m_state.corpus()->spans.rows()) {
        const bool nothing = m_state.isOpen() && m_state.corpus()->spans.rows() == 0;
        if (nothing)
            m_empty->say(tr("Nothing to inspect"),
                         tr("Of a selected span, the messages, token usage, attributes and raw "
                            "record are shown here. What is open has no spans."));
        else
            m_empty->say(m_state.isOpen() ? tr("No span is selected") : tr("Nothing is open"),
                         m_state.isOpen() ? tr("Select one on the timeline or in the tree: its messages, token usage, "
                                               "attributes and raw record are shown here.")
                                          : QString());
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    if (!m_state.isOpen()) {
        m_empty->say(tr("Reading…"), tr("A span can be looked into as soon as everything is read."));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_summary->setAttributes(summary());
    m_usage->setAttributes({});
    m_attributes->setAttributes({});
    m_messages->clear();
    m_tool->clear();
    m_raw->clear();
    m_stack->setCurrentWidget(m_tabs);
    m_task.start([open = m_state.openCorpus(), row,
                  prices = m_state.prices().table()](const std::stop_token&) { return inspect(*open, row, prices); },
                 [this](std::shared_ptr<SpanInspection> inspection) { showInspection(std::move(inspection)); });
}

/// The record of a span that was shown already changes nothing that the user reads.
void Inspector::showGrown(std::shared_ptr<SpanInspection> inspection)
{
    const bool same = m_inspection && inspection->row == m_state.span() && inspection->problem.empty() &&
                      m_inspection->record == inspection->record;
    if (!same) {
        showInspection(std::move(inspection));
        return;
    }
    m_inspection = std::move(inspection);
    m_summary->setAttributes(summary());
    m_usage->setAttributes(usageFacts(*m_state.corpus(), *m_inspection));
}

void Inspector::showInspection(std::shared_ptr<SpanInspection> inspection)
{
    if (inspection->row != m_state.span())
        return; // another span, or another corpus, is about to be shown
    m_inspection = std::move(inspection);
    const Theme& theme = themeFor(palette());
    const Corpus& corpus = *m_state.corpus();
    const SpanContent& content = m_inspection->content;
    m_summary->setAttributes(summary());
    m_usage->setAttributes(usageFacts(corpus, *m_inspection));
    m_attributes->setAttributes(attributeFacts(content));
    showMessages();
    m_tool->clear();
    if (!content.toolArguments.empty() || !content.toolResult.empty() ||
        corpus.spans.kind(m_inspection->row) == SpanKind::ToolCall) {
        writeTool(*m_tool->document(), content, theme);
        m_tool->moveCursor(QTextCursor::Start);
    } else {
        m_tool->setPlainText(tr("This span is no tool call."));
    }
    m_raw->setPlainText(m_inspection->problem.empty() ? readable(m_inspection->record)
                                                      : QString::fromStdString(m_inspection->problem));
    if (m_inspection->record.empty() && m_inspection->problem.empty())
        m_raw->setPlainText(
            tr("This span stands for others (a session, a run): the source has no record of its own for it."));
    markBytes();
}

std::optional<PlacePart> Inspector::markedBytes() const
{
    const QString text = m_raw->textCursor().selectedText().replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
    return m_inspection && !text.isEmpty() ? bytesOfText(m_inspection->record, text) : std::nullopt;
}

bool Inspector::hasMarkedText() const
{
    return m_tabs->currentWidget() == m_raw && m_raw->textCursor().hasSelection();
}

void Inspector::showBytes(Row row, const PlacePart& part)
{
    m_toMark = {row, part};
    markBytes();
}

/// As soon as the record is read.
void Inspector::markBytes()
{
    if (!m_inspection || m_inspection->row != m_toMark.first || m_toMark.second.of != PlacePart::Of::Bytes)
        return;
    m_tabs->setCurrentWidget(m_raw);
    m_raw->moveCursor(QTextCursor::Start);
    m_raw->find(textOfBytes(m_inspection->record, m_toMark.second));
    m_toMark = {noRow, {}};
}

void Inspector::showMessages()
{
    if (!m_inspection)
        return;
    writeConversation(*m_messages->document(), *m_inspection, themeFor(palette()), m_wholeHistory->isChecked());
    m_wholeHistory->setVisible(m_inspection->previousCall != noRow && m_inspection->newFrom > 0);
    m_messages->moveCursor(QTextCursor::Start);
}

} // namespace arcscope
