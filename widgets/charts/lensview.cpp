#include "lensview.h"

#include "arcbook.h"
#include "controlrow.h"
#include "differencechart.h"
#include "displaytext.h"
#include "emptystate.h"
#include "lenschartview.h"
#include "lenspane.h"
#include "plaintip.h"
#include "searchstate.h"
#include "spanrowmodel.h"
#include "tablestyle.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace arcscope
{
namespace
{

constexpr int mostListed = 10'000; ///< spans of one value

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

LensView::LensView(AppState& state, ArcBook& book, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_book(book)
    , m_runner(state)
    , m_list(new QListWidget)
    , m_question(new QLabel)
    , m_parameters(new ControlRow)
    , m_pane(new LensPane)
    , m_difference(new LensPane)
    , m_back(new QToolButton)
    , m_compared(new QLabel)
    , m_sides(new QStackedWidget)
    , m_spans(new SpanRowModel(this))
    , m_spanTable(new QTableView)
    , m_spanTitle(new QLabel)
    , m_differs(new QToolButton)
    , m_split(new QSplitter(Qt::Vertical))
    , m_filterWait(state)
    , m_empty(new EmptyState)
    , m_pages(new QStackedWidget)
{
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->addWidget(makeSide());
    sides->addWidget(makeBody());
    sides->setStretchFactor(0, 0);
    sides->setStretchFactor(1, 1);
    sides->setSizes({fontMetrics().averageCharWidth() * 30, 4'000});
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(sides);
    setFocusProxy(m_list);

    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_file.clear();
        fillParameters();
        look();
    });
    connect(&m_runner, &LensRunner::answered, this, &LensView::setAnswer);
    connect(&m_runner, &LensRunner::progressed, this, &LensView::showProgress);
    connect(m_pane, &LensPane::spansChosen, this, &LensView::listSpans);
    connect(m_pane, &LensPane::boxDrawn, this, [this](const std::vector<Row>& spans, const QString& what) {
        listSpans(spans, what);
        compare(spans, what);
    });
    connect(m_difference, &LensPane::spansChosen, this, &LensView::listSpans);
    for (LensPane* const pane : {m_pane, m_difference}) {
        connect(pane, &LensPane::hovered, this, &LensView::hovered);
        connect(pane, &LensPane::said, this, &LensView::said);
    }
    connect(m_differs, &QToolButton::clicked, this, [this] { compare(m_listed, m_spanTitle->text()); });
    connect(m_back, &QToolButton::clicked, this, &LensView::showLens);
    connect(m_spanTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit spanChosen(m_spans->rowOf(index.row())); });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_filterWait.isLong()) {
            m_state.setFilter({});
            return;
        }
        if (m_runner.running()) {
            m_runner.cancel();
            m_empty->say(tr("Cancelled"), {}, tr("&Run again"));
            return;
        }
        m_asked.clear();
        look();
    });
    connect(&state, &AppState::corpusChanged, this, &LensView::look);
    connect(&state, &AppState::loadingChanged, this, &LensView::look);
    connect(&state, &AppState::filterChanged, this, &LensView::look);
    connect(&m_filterWait, &FilterWait::changed, this, &LensView::look);
    connect(m_empty, &EmptyState::secondRequested, this, [this] { m_state.setFilter({}); });
    connect(&book, &ArcBook::changed, this, &LensView::look); // somebody decided something
    m_list->setCurrentRow(0);
    sayEmpty();
}

LensView::~LensView() = default;

QWidget* LensView::makeSide()
{
    m_list->setAccessibleName(tr("Lenses"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    for (const Lens& lens : lenses()) {
        auto* item = new QListWidgetItem(textOf(lens.title), m_list);
        item->setToolTip(plainTip(textOf(lens.about)));
        item->setData(Qt::AccessibleDescriptionRole, textOf(lens.about));
    }
    return m_list;
}

QWidget* LensView::makeBody()
{
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(8, 2, 6, 0);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    rows->addWidget(m_question);
    m_parameters->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(m_parameters);
    column->addWidget(head);
    m_spanTable->setModel(m_spans);
    setUpTable(*m_spanTable, tr("Spans of the chosen value"));
    fitColumn(*m_spanTable, SpanRowModel::NameColumn, fontMetrics().averageCharWidth() * 20);
    m_spanTitle->setTextFormat(Qt::PlainText);
    m_spanTitle->setContentsMargins(8, 2, 8, 2);
    m_spanTitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_differs->setText(tr("What is &different"));
    m_differs->setAutoRaise(true);
    m_differs->setToolTip(tr("Hold these against the rest of the chart; a box on the chart does the same, and D for a "
                             "chosen value"));
    auto* below = new QWidget;
    auto* list = new QVBoxLayout(below);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(0);
    auto* title = new QHBoxLayout;
    title->addWidget(m_spanTitle, 1);
    title->addWidget(m_differs);
    list->addLayout(title);
    list->addWidget(m_spanTable, 1);
    m_sides->addWidget(m_pane);
    m_sides->addWidget(makeDifference());
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_sides);
    m_split->addWidget(below);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 1);
    below->hide();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_split);
    column->addWidget(m_pages, 1);
    return body;
}

QWidget* LensView::makeDifference()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(4, 0, 6, 0);
    m_back->setText(tr("\u2190 &Back to the chart"));
    m_back->setAutoRaise(true);
    m_back->setToolTip(tr("Show the lens again (Esc)"));
    auto* back = new QAction(page);
    back->setShortcut(QKeySequence(Qt::Key_Escape));
    back->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QAction::triggered, this, [this] {
        showLens();
        m_pane->setFocus();
    });
    page->addAction(back);
    m_compared->setTextFormat(Qt::PlainText);
    m_compared->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_compared->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_back);
    row->addWidget(m_compared, 1);
    column->addLayout(row);
    column->addWidget(m_difference, 1);
    return page;
}

const Lens* LensView::chosen() const
{
    const int row = m_list->currentRow();
    return row < 0 ? nullptr : &lenses()[static_cast<std::size_t>(row)];
}

QString LensView::chosenName() const
{
    const Lens* const lens = chosen();
    return lens ? textOf(lens->name) : QString();
}

bool LensView::choose(std::string_view name)
{
    for (std::size_t i = 0; i < lenses().size(); ++i) {
        if (lenses()[i].name == name) {
            m_list->setCurrentRow(static_cast<int>(i));
            return true;
        }
    }
    return false;
}

void LensView::fillParameters()
{
    while (QLayoutItem* item = m_parameters->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const Lens* const lens = chosen();
    m_question->setText(lens ? textOf(lens->about) : QString());
    if (!lens)
        return;
    for (const LensParameter& parameter : lens->parameters) {
        const QString name = textOf(parameter.name);
        auto* label = new QLabel(name);
        const auto set = [this, lens, &parameter](const std::string& value) {
            if (m_values[lens].set(lens->parameters, parameter.name, value))
                look();
        };
        QWidget* field = nullptr;
        if (!parameter.choices.empty()) {
            auto* box = new QComboBox;
            for (const std::string_view choice : parameter.choices)
                box->addItem(textOf(choice));
            box->setCurrentText(textOf(m_values[lens].word(parameter)));
            connect(box, &QComboBox::currentTextChanged, this, [set](const QString& text) { set(text.toStdString()); });
            field = box;
        } else if (parameter.isText) {
            auto* edit = new QLineEdit;
            edit->setText(textOf(m_values[lens].word(parameter)));
            edit->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
            connect(edit, &QLineEdit::editingFinished, this, [set, edit] { set(edit->text().toStdString()); });
            field = edit;
        } else {
            auto* box = new QDoubleSpinBox;
            box->setRange(parameter.least, parameter.most);
            box->setDecimals(parameter.most - parameter.least > 20 ? 0 : 2);
            box->setKeyboardTracking(false);
            box->setValue(m_values[lens].number(parameter));
            box->setSuffix(parameter.unit.empty() ? QString() : QLatin1Char(' ') + textOf(parameter.unit));
            connect(box, &QDoubleSpinBox::valueChanged, this, [set](double value) { set(std::to_string(value)); });
            field = box;
        }
        field->setAccessibleName(name);
        setPlainTip(*field, textOf(parameter.about));
        m_parameters->addLabelled(label, field);
    }
    if (!lens->needs.file.empty()) {
        auto* open = new QToolButton;
        open->setText(tr("&Open %1\u2026").arg(textOf(lens->needs.file)));
        connect(open, &QToolButton::clicked, this, &LensView::openFile);
        m_parameters->addWidget(open);
    }
}

void LensView::openFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Open a file for the lens"), {}, tr("Tables (*.csv);;All files (*)"));
    if (file.isEmpty())
        return;
    m_file = file;
    m_asked.clear();
    look();
}

void LensView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    look();
}

/// Runs what is chosen unless it was asked before; only while it can be seen.
void LensView::look()
{
    const Lens* const lens = chosen();
    if (!m_state.isOpen() || m_state.loading()) {
        m_runner.cancel();
        m_asked.clear();
        if (m_state.loading() || !m_answer || m_answer->corpus != m_state.corpus())
            sayEmpty();
        return;
    }
    if (m_filterWait.isLong()) {
        m_runner.cancel();
        m_asked.clear();
        m_pages->setCurrentWidget(m_empty);
        sayFiltering(*m_empty);
    }
    if (!lens || !isVisible() || m_state.filtering())
        return;
    QString asked =
        QStringLiteral("%1 %2 %3").arg(textOf(lens->name)).arg(m_state.revision()).arg(m_state.filterText());
    for (const LensParameter& parameter : lens->parameters)
        asked += QLatin1Char(' ') + (parameter.choices.empty() && !parameter.isText
                                         ? QString::number(m_values[lens].number(parameter))
                                         : textOf(m_values[lens].word(parameter)));
    if (lens->needs.arcs || lens->needs.marks)
        asked += QStringLiteral(" %1").arg(reinterpret_cast<quintptr>(arcs().get()));
    if (asked == m_asked)
        return;
    m_asked = asked;
    run();
}

void LensView::run()
{
    listSpans({}, {});
    showLens();
    m_pages->setCurrentWidget(m_empty);
    m_empty->say(tr("Counting"), {}, tr("&Cancel"));
    m_runner.run(*chosen(), m_values[chosen()], m_file, arcs());
}

void LensView::showProgress()
{
    const std::uint64_t done = m_runner.spansDone();
    m_empty->say(tr("Counting"),
                 done == 0 ? QString() : counted(static_cast<qint64>(done), tr("%1 span read"), tr("%1 spans read")),
                 tr("&Cancel"));
}

void LensView::setAnswer(const LensAnswerPtr& answer)
{
    m_answer = answer;
    if (!answer->result) {
        m_pages->setCurrentWidget(m_empty);
        m_empty->say(tr("The lens could not be run"), oneLine(answer->problem, 400), tr("&Run again"));
        return;
    }
    m_pane->show(textOf(answer->lens->title), textOf(answer->lens->caveat), answer->result);
    if (answer->result->n == 0) {
        const bool filtered = !m_state.filterText().isEmpty();
        QStringList lines{oneLine(answer->result->sentence, 400)};
        for (const LensMissing& missing : answer->result->missing)
            lines << tr("It needs %1 (%2).").arg(oneLine(missing.field, 60), oneLine(missing.names, 200));
        if (filtered)
            lines << tr("The filter leaves out some of what is open.");
        m_empty->say(tr("Nothing to count"), lines.join(QLatin1Char('\n')), {},
                     filtered ? tr("&Clear the filter") : QString());
    }
    m_pages->setCurrentWidget(answer->result->n == 0 ? static_cast<QWidget*>(m_empty) : m_split);
}

void LensView::listSpans(const std::vector<Row>& spans, const QString& what)
{
    m_listed = spans;
    m_differs->setVisible(!spans.empty());
    std::vector<Row> some = spans;
    if (some.size() > mostListed)
        some.resize(mostListed);
    m_spanTitle->setText(
        spans.empty()
            ? what
            : tr("%1: %2%3")
                  .arg(what, counted(static_cast<qint64>(spans.size()), tr("%1 span"), tr("%1 spans")),
                       spans.size() > some.size() ? tr(", the first %1").arg(countText(mostListed)) : QString()));
    m_spanTitle->setToolTip(plainTip(m_spanTitle->text()));
    m_spanTable->parentWidget()->setVisible(!spans.empty());
    m_spans->setSpans(m_answer ? m_answer->corpus : nullptr, std::move(some));
    if (m_spans->rowCount() > 0)
        m_spanTable->setCurrentIndex(m_spans->index(0, 0));
}

/// With what people decided; null while they are searched for.
ArcsPtr LensView::arcs() const
{
    const ArcsPtr& arcs = m_book.arcs();
    return arcs->corpus && m_book.isWhole() && arcs->in == m_state.openCorpus() ? arcs : nullptr;
}

bool LensView::showsDifference() const
{
    return m_sides->currentIndex() == 1;
}

void LensView::showLens()
{
    m_comparing.cancel();
    m_sides->setCurrentIndex(0);
    m_pane->chart()->clearBox();
}

/// Holds these spans against the others of the chart, where both sides have some.
void LensView::compare(const std::vector<Row>& spans, const QString& what)
{
    if (!m_answer || !m_state.isOpen())
        return;
    LensDifferenceAsk ask{m_answer, m_pane->chart()->allSpans(), spans, arcs()};
    m_comparing.start(
        [open = m_state.openCorpus(), ask = std::move(ask)](std::stop_token stop) {
            return lensDifference(*open, ask, Control{stop, nullptr});
        },
        [this, what](const LensAnswerPtr& found) {
            if (!found->result) {
                emit said(oneLine(found->problem, 300));
                return;
            }
            m_compared->setText(tr("%1, against the rest of \u201c%2\u201d").arg(what, textOf(found->lens->title)));
            m_compared->setToolTip(plainTip(m_compared->text()));
            m_difference->show(textOf(differenceTitle), textOf(differenceCaveat), found->result);
            m_sides->setCurrentIndex(1);
        });
}

void LensView::sayEmpty()
{
    m_pages->setCurrentWidget(m_empty);
    if (m_state.loading())
        m_empty->say(tr("Reading"), tr("Lenses count when everything is read."));
    else
        m_empty->say(tr("No trace is open"), tr("Open a file, or drop one here."));
}

} // namespace arcscope
