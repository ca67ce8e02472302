#include "arcpane.h"

#include "arccanvas.h"
#include "arcwords.h"
#include "brieflabel.h"
#include "displaytext.h"
#include "evidencetext.h"
#include "tablestyle.h"
#include "tabletext.h"
#include "theme.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStyle>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

ArcPane::ArcPane(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new ArcEventModel(this))
    , m_canvas(new ArcCanvas)
    , m_title(new QLabel)
    , m_outcome(new QLabel)
    , m_scales(new QComboBox)
    , m_steps(new QTableView)
    , m_known(new BriefLabel)
    , m_text(new EvidenceText(tr("What was said at the step")))
    , m_go(new QToolButton)
    , m_tabs(new QTabWidget)
    , m_stitches(new QWidget)
    , m_stitchColumn(new QVBoxLayout(m_stitches))
    , m_split(new QSplitter(Qt::Vertical))
{
    auto* const scroll = new QScrollArea;
    scroll->setWidget(m_stitches);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeEvidence(), tr("Steps"));
    m_tabs->addTab(scroll, tr("Stitches"));
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_canvas);
    m_split->addWidget(m_tabs);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 1);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_split, 1);
    makeKeys();

    connect(m_canvas, &ArcCanvas::stepChosen, this,
            [this](std::uint32_t step) { chooseRow(m_model->rowOf(m_canvas->eventOf(step))); });
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(m_canvas, &ArcCanvas::activated, this, &ArcPane::goToStep);
    connect(m_canvas, &ArcCanvas::hovered, this, &ArcPane::hovered);
    connect(m_canvas, &ArcCanvas::stitchChosen, this, [this] { m_tabs->setCurrentIndex(1); });
    connect(m_steps->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
        if (m_choosing || !at.isValid())
            return;
        m_canvas->setStep(m_canvas->stepOf(m_model->eventAt(at.row())));
        write();
    });
    connect(m_steps, &QTableView::activated, this, &ArcPane::goToStep);
    listStitches();
}

QWidget* ArcPane::makeHead()
{
    auto* const head = new QWidget;
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(8, 3, 6, 2);
    for (QLabel* const label : {m_title, m_outcome}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->installEventFilter(this);
    }
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (const RibbonScale scale : {RibbonScale::Turns, RibbonScale::Folded, RibbonScale::Time})
        m_scales->addItem(scaleText(scale), static_cast<int>(scale));
    m_scales->setAccessibleName(tr("What the width of the enlarged arc is"));
    m_scales->setToolTip(tr("Steps side by side, or time with or without long pauses"));
    connect(m_scales, &QComboBox::currentIndexChanged, this,
            [this] { m_canvas->setScale(static_cast<RibbonScale>(m_scales->currentData().toInt())); });
    row->addWidget(m_title, 3);
    row->addWidget(m_outcome, 2);
    row->addWidget(m_scales);
    return head;
}

QWidget* ArcPane::makeEvidence()
{
    m_steps->setModel(m_model);
    setUpTable(*m_steps, tr("Steps of the arc, each with what shows it"));
    m_steps->setSelectionMode(QAbstractItemView::SingleSelection);
    m_steps->setMinimumHeight(fontMetrics().height() * 3);
    const int em = m_steps->fontMetrics().averageCharWidth();
    constexpr std::pair<int, int> widths[] = {{ArcEventModel::StepColumn, 15},
                                              {ArcEventModel::TimeColumn, 13},
                                              {ArcEventModel::SourceColumn, 26},
                                              {ArcEventModel::WhereColumn, 20}};
    for (const auto& [column, width] : widths)
        m_steps->setColumnWidth(column, width * em);
    fitColumn(*m_steps, ArcEventModel::TextColumn, 24 * em);

    auto* const details = new QWidget;
    auto* const column = new QVBoxLayout(details);
    column->setContentsMargins(8, 4, 6, 4);
    column->setSpacing(3);
    m_known->briefWhereLow(*details, 7);
    m_go->setText(tr("&Go"));
    m_go->setToolTip(tr("Show the span of this step where it is (Enter)"));
    m_go->setFocusPolicy(Qt::StrongFocus);
    connect(m_go, &QToolButton::clicked, this, &ArcPane::goToStep);
    auto* const head = new QHBoxLayout;
    head->addWidget(m_known, 1);
    head->addWidget(m_go, 0, Qt::AlignTop);
    auto* const inside = new QWidget;
    auto* const texts = new QVBoxLayout(inside);
    texts->setContentsMargins(0, 0, 0, 0);
    texts->addWidget(m_text);
    texts->addStretch(1);
    m_text->viewport()->setAutoFillBackground(false);
    auto* const scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    column->addLayout(head);
    column->addWidget(scroll, 1);
    scroll->setMinimumHeight(1); // where there is little room the button keeps it
    details->setMinimumWidth(fontMetrics().averageCharWidth() * 20);

    auto* const split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(m_steps);
    split->addWidget(details);
    split->setSizes({1'300, 1'000});
    return split;
}

void ArcPane::makeKeys()
{
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto run) {
        auto* const action = new QAction(text, m_steps);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_steps->addAction(action);
        return action;
    };
    add(tr("&Go to its span"), {}, [this] { goToStep(); });
    add(tr("&Copy the steps as TSV"), {QKeySequence::Copy},
        [this] { QGuiApplication::clipboard()->setMimeData(tableMime(*m_model)); });
    add(tr("Copy the steps as &Markdown"), {},
        [this] { QGuiApplication::clipboard()->setText(tableMarkdown(*m_model)); });
    add(tr("&Back to the list"), {QKeySequence(Qt::Key_Escape)}, [this] { emit left(); });
    m_steps->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* const back = new QAction(tr("Back to the list"), m_canvas);
    back->setShortcut(QKeySequence(Qt::Key_Escape));
    back->setShortcutContext(Qt::WidgetShortcut);
    connect(back, &QAction::triggered, this, &ArcPane::left);
    m_canvas->addAction(back);
}

bool ArcPane::isEmpty() const
{
    return m_model->of() == nullptr;
}

int ArcPane::leastHeight() const
{
    return fontMetrics().height() * 16;
}

void ArcPane::showArc(const ArcsPtr& of, std::uint32_t arc)
{
    const bool same = of && m_model->of() && arcKey(of->arcs, arc) == arcKey(m_model->of()->arcs, m_model->arc());
    const int before = same ? m_steps->currentIndex().row() : -1;
    m_choosing = true;
    m_model->setArc(of, arc);
    m_canvas->setArc(of, arc);
    m_choosing = false;
    showTitle();
    listStitches();
    shareRoom();
    if (!same)
        m_tabs->setCurrentIndex(0);
    chooseRow(before >= 0 && before < m_model->rowCount() ? before : m_model->rowCount() > 0 ? 0 : -1);
    read();
}

void ArcPane::showTitle()
{
    if (isEmpty()) {
        m_title->clear();
        m_outcome->clear();
        return;
    }
    const FoundArcs& of = *m_model->of();
    const QString goal =
        QStringLiteral("%1  \u00b7  %2").arg(arcName(of, m_model->arc()), goalText(of, m_model->arc()));
    m_title->setText(m_title->fontMetrics().elidedText(goal, Qt::ElideRight, std::max(40, m_title->width())));
    m_title->setToolTip(
        QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(arcDetails(of, m_model->arc()).toHtmlEscaped()));
    const bool inferred = of.source(m_model->arc()) == ArcSource::Rule;
    const QString outcome = (inferred ? QStringLiteral("\u231c") : QString()) +
                            QString(outcomeSign(of.outcome(m_model->arc()))) + QLatin1Char(' ') +
                            outcomeWithSource(of, m_model->arc());
    m_outcome->setText(m_outcome->fontMetrics().elidedText(outcome, Qt::ElideRight, std::max(40, m_outcome->width())));
    m_outcome->setToolTip(outcome + QLatin1Char('\n') + outcomeMeaning(of.outcome(m_model->arc())));
}

void ArcPane::chooseRow(int row)
{
    if (row < 0) {
        write();
        return;
    }
    m_choosing = true;
    m_steps->setCurrentIndex(m_model->index(row, ArcEventModel::StepColumn));
    m_choosing = false;
    m_canvas->setStep(m_canvas->stepOf(m_model->eventAt(row)));
    write();
}

void ArcPane::read()
{
    if (isEmpty() || !m_state.openCorpus()) {
        m_task.cancel();
        return;
    }
    m_task.start([path = m_state.workspacePath().toStdString(), of = m_model->of(),
                  arc = m_model->arc()](std::stop_token stop) { return readArc(path, *of, arc, stop); },
                 [this](const ArcReadingPtr& reading) { showReading(reading); });
}

void ArcPane::showReading(const ArcReadingPtr& reading)
{
    m_model->setReading(reading);
    m_canvas->setReading(reading);
    write();
}

/// What shows the step: who says so in words, then the quote.
void ArcPane::write()
{
    const int row = m_steps->currentIndex().row();
    const bool some = !isEmpty() && row >= 0;
    m_go->setEnabled(some && m_model->spanAt(row) != noRow);
    m_text->clearText();
    if (!some) {
        m_known->setText(isEmpty() ? QString() : tr("No step is recorded."));
        return;
    }
    const std::uint32_t event = m_model->eventAt(row);
    const auto source =
        static_cast<ArcSource>(m_model->data(m_model->index(row, 0), ArcEventModel::SourceRole).toInt());
    m_known->setText((source == ArcSource::Rule ? QStringLiteral("\u231c ") : QString()) +
                     eventSummary(*m_model->of(), event));
    const ArcQuote* const quote = m_model->quoteAt(row);
    QTextCharFormat muted;
    muted.setForeground(themeFor(palette()).muted);
    muted.setFontItalic(true);
    if (!quote)
        m_text->add(tr("Reading\u2026"), muted);
    else if (!quote->problem.isEmpty())
        m_text->add(quote->problem, muted);
    else if (quote->text.isEmpty())
        m_text->add(tr("No text is recorded here."), muted);
    else
        m_text->add(quote->text + (quote->cut ? QStringLiteral("\u2026") : QString()));
}

void ArcPane::goToStep()
{
    const int row = m_steps->currentIndex().row();
    if (!isEmpty() && row >= 0 && m_model->spanAt(row) != noRow)
        emit goRequested(m_model->spanAt(row));
}

void ArcPane::listStitches()
{
    while (QLayoutItem* const item = m_stitchColumn->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    m_stitchButtons.clear();
    if (!isEmpty()) {
        for (const ArcStitch& stitch : m_model->of()->arcs.stitches) {
            if (stitch.earlier == m_model->arc() || stitch.later == m_model->arc())
                addStitch(stitch);
        }
    }
    const auto count = static_cast<int>(m_stitchButtons.size());
    if (count == 0) {
        auto* const none = new QLabel(tr("No other arc looks like the same piece of work."));
        none->setWordWrap(true);
        none->setMargin(8);
        m_stitchColumn->addWidget(none);
    }
    m_stitchColumn->addStretch(1);
    m_tabs->setTabText(1, count == 0 ? tr("Stitches") : tr("Stitches %1").arg(count));
}

void ArcPane::addStitch(const ArcStitch& stitch)
{
    auto* const box = new QFrame;
    box->setFrameShape(QFrame::StyledPanel);
    auto* const row = new QHBoxLayout(box);
    row->setContentsMargins(8, 4, 6, 4);
    const FoundArcs& of = *m_model->of();
    const std::uint32_t other = stitch.earlier == m_model->arc() ? stitch.later : stitch.earlier;
    auto* const text = new QLabel(
        tr("\u2508 proposed \u2508  %1\n%2").arg(stitchText(of, stitch, m_model->arc()), arcSummary(of, other)));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(text, 1);
    const auto button = [&](const QString& title, const QString& tip, auto run) {
        auto* const made = new QToolButton;
        made->setText(title);
        made->setToolTip(tip);
        made->setFocusPolicy(Qt::StrongFocus);
        made->setAccessibleName(QStringLiteral("%1: %2").arg(tip, arcName(of, other)));
        connect(made, &QToolButton::clicked, this, std::move(run));
        row->addWidget(made, 0, Qt::AlignTop);
        return made;
    };
    auto* const accept = button(tr("&Accept"), tr("The two are one piece of work: make one arc of them"),
                                [this, stitch] { emit stitchDecided(stitch, true); });
    auto* const reject = button(tr("&Reject"), tr("The two are not one piece of work: do not propose it again"),
                                [this, stitch] { emit stitchDecided(stitch, false); });
    button(tr("S&how"), tr("Look at the other arc"), [this, other] { emit otherRequested(other); });
    m_stitchButtons.push_back({accept, reject});
    m_stitchColumn->addWidget(box);
}

QToolButton* ArcPane::acceptButton(std::size_t place) const
{
    return place < m_stitchButtons.size() ? m_stitchButtons[place].accept : nullptr;
}

QToolButton* ArcPane::rejectButton(std::size_t place) const
{
    return place < m_stitchButtons.size() ? m_stitchButtons[place].reject : nullptr;
}

/// The picture has the height that it needs, as far as there is more than half of it for the steps.
void ArcPane::shareRoom()
{
    const int height = m_split->height();
    if (m_moved || isEmpty() || height < 10)
        return;
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int picture = std::min(m_canvas->wantedHeight() + bar, height * 11 / 20);
    m_split->setSizes({picture, height - picture - m_split->handleWidth()});
}

void ArcPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareRoom();
}

/// Titles are cut to the room that they have.
bool ArcPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && (watched == m_title || watched == m_outcome))
        showTitle();
    return QWidget::eventFilter(watched, event);
}

void ArcPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace arcscope
