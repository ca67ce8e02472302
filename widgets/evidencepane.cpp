#include "evidencepane.h"

#include "controlrow.h"
#include "displaytext.h"
#include "evidencetext.h"
#include "findingreport.h"
#include "findingwords.h"
#include "noteeditor.h"
#include "plaintip.h"
#include "quoteview.h"
#include "theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Places beyond these are told by their number.
constexpr std::size_t mostQuotes = 6;
/// Narrower, in characters, quotes stand one below the other.
constexpr int sideBySide = 70;

QToolButton* button(const QString& text, const QString& tip)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

QLabel* plainLabel()
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

EvidencePane::EvidencePane(AppState& state, FindingModel& model, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(model)
    , m_note(new NoteEditor(tr("Note on the finding")))
    , m_scroll(new QScrollArea)
    , m_details(new EvidenceText(tr("Facts and rule")))
{
    auto* content = new QWidget;
    auto* inside = new QVBoxLayout(content);
    inside->setContentsMargins(8, 2, 8, 8);
    m_quoteRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_quoteRow->setSpacing(8);
    inside->addLayout(m_quoteRow);
    inside->addWidget(m_details);
    inside->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_details->viewport()->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeButtons());
    column->addWidget(makeReason());
    column->addWidget(m_note);
    column->addWidget(m_scroll, 1);
    setMinimumHeight(fontMetrics().height() * 6);

    connect(m_note, &NoteEditor::edited, this, [this](const QString&, const QString& text) { emit noteEdited(text); });
    connect(m_note, &NoteEditor::drafted, this, &EvidencePane::noteDrafted);
    connect(m_note, &NoteEditor::left, this, &EvidencePane::left);
    showRow(-1);
}

QWidget* EvidencePane::makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(8, 6, 8, 2);
    m_level = plainLabel();
    QFont bold = m_level->font();
    bold.setBold(true);
    m_level->setFont(bold);
    m_what = plainLabel();
    m_what->setWordWrap(true);
    m_what->setAccessibleName(tr("What was found"));
    m_what->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_steps = new QWidget;
    auto* steps = new QHBoxLayout(m_steps);
    steps->setContentsMargins(0, 0, 0, 0);
    m_which = plainLabel();
    auto* back = button(QStringLiteral("\u2039"), tr("The one before of the same cause"));
    auto* forward = button(QStringLiteral("\u203a"), tr("The next of the same cause"));
    for (QToolButton* each : {back, forward}) {
        each->setAutoRaise(true);
        each->setAccessibleName(each->toolTip());
    }
    connect(back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(forward, &QToolButton::clicked, this, [this] { step(1); });
    steps->addWidget(back);
    steps->addWidget(m_which);
    steps->addWidget(forward);
    row->addWidget(m_level, 0, Qt::AlignTop);
    row->addWidget(m_what, 1);
    row->addWidget(m_steps, 0, Qt::AlignTop);
    return head;
}

QWidget* EvidencePane::makeButtons()
{
    auto* bar = new QWidget;
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(8, 0, 8, 2);
    rows->setSpacing(2);
    auto* row = new ControlRow;
    row->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(row);
    m_confirm = button(tr("Confirm"), tr("It is right (C in the list)"));
    m_dismiss = button(tr("Dismiss\u2026"), tr("It is not right, or not of interest: say why (D in the list)"));
    m_addNote = button(tr("Note"), tr("Write a note on the finding (N in the list)"));
    m_copy = button(tr("Copy for postmortem"), tr("Copy the finding, its quotes with times and ids, and its rule"));
    m_said = plainLabel();
    m_said->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QToolButton* each : {m_confirm, m_dismiss, m_addNote, m_copy})
        row->addWidget(each);
    rows->addWidget(m_said);
    connect(m_confirm, &QToolButton::clicked, this, &EvidencePane::confirmRequested);
    connect(m_dismiss, &QToolButton::clicked, this, &EvidencePane::dismiss);
    connect(m_addNote, &QToolButton::clicked, this, &EvidencePane::editNote);
    connect(m_copy, &QToolButton::clicked, this, &EvidencePane::copy);
    return bar;
}

QWidget* EvidencePane::makeReason()
{
    m_ask = new QWidget;
    auto* row = new QHBoxLayout(m_ask);
    row->setContentsMargins(8, 0, 8, 4);
    auto* label = new QLabel(tr("&Why?"));
    m_reason = new QLineEdit;
    m_reason->setPlaceholderText(tr("The reason stays with the finding. Return dismisses, Esc does not."));
    m_reason->setAccessibleName(tr("Reason for the dismissal"));
    m_reason->setMaxLength(4'000);
    m_reason->installEventFilter(this);
    label->setBuddy(m_reason);
    auto* yes = button(tr("Dismiss"), tr("Dismiss the finding with this reason"));
    auto* no = button(tr("Cancel"), tr("Leave the finding as it is"));
    row->addWidget(label);
    row->addWidget(m_reason, 1);
    row->addWidget(yes);
    row->addWidget(no);
    connect(yes, &QToolButton::clicked, this, [this] { endReason(true); });
    connect(no, &QToolButton::clicked, this, [this] { endReason(false); });
    m_ask->hide();
    return m_ask;
}

std::uint32_t EvidencePane::finding() const
{
    return m_model.found().entries[static_cast<std::size_t>(m_entry)].findings[m_member];
}

QString EvidencePane::title() const
{
    return isEmpty() ? QString() : m_level->text() + QStringLiteral("  ·  ") + m_what->text();
}

void EvidencePane::showRow(int row)
{
    const qint64 entry = row >= 0 && row < m_model.rowCount() ? static_cast<qint64>(m_model.entryOf(row)) : -1;
    m_ask->hide();
    m_entry = entry;
    m_member = entry < 0 ? 0 : m_model.memberToShow(static_cast<std::uint32_t>(entry));
    m_traces = entry < 0 ? 0 : m_model.tracesOf(static_cast<std::uint32_t>(entry));
    for (QWidget* part : {static_cast<QWidget*>(m_scroll), m_confirm->parentWidget(), m_level->parentWidget()})
        part->setVisible(entry >= 0);
    if (entry < 0) {
        m_note->showNote({}, {});
        return;
    }
    showFinding();
    m_scroll->verticalScrollBar()->setValue(0);
}

void EvidencePane::step(int by)
{
    const std::size_t count = m_model.found().entries[static_cast<std::size_t>(m_entry)].findings.size();
    m_member = (m_member + count + static_cast<std::size_t>(by + static_cast<int>(count))) % count;
    showFinding();
    emit memberChanged();
}

void EvidencePane::showMember(std::uint32_t finding)
{
    if (m_entry < 0)
        return;
    const auto& members = m_model.found().entries[static_cast<std::size_t>(m_entry)].findings;
    const auto found = std::find(members.begin(), members.end(), finding);
    if (found == members.end())
        return;
    m_member = static_cast<std::size_t>(found - members.begin());
    showFinding();
}

void EvidencePane::showFinding()
{
    const FoundFindings& found = m_model.found();
    const Finding& shown = found.findings[finding()];
    const std::size_t count = found.entries[static_cast<std::size_t>(m_entry)].findings.size();
    m_level->setText(weightSign(shown.weight) + QLatin1Char(' ') + levelText(shown.level));
    m_level->setToolTip(levelMeaning(shown.level));
    m_what->setText(oneLine(shown.what, 600));
    m_steps->setVisible(count > 1);
    const QString which =
        tr("%1 of %2")
            .arg(countText(static_cast<std::int64_t>(m_member) + 1), countText(static_cast<std::int64_t>(count)));
    m_which->setText(m_traces > 1 ? tr("%1, in %2 traces").arg(which, countText(static_cast<std::int64_t>(m_traces)))
                                  : which);
    const std::size_t places = std::min(shown.places.size(), mostQuotes);
    while (m_quotes.size() < places) {
        const std::size_t number = m_quotes.size();
        auto* quote = new QuoteView(number);
        connect(quote, &QuoteView::goRequested, this, [this, number] {
            const FindingPlace& place = m_model.found().findings[finding()].places[number];
            emit placeChosen(place.row, place.event);
        });
        m_quoteRow->addWidget(quote, 1);
        m_quotes.push_back(quote);
    }
    const auto marked = std::count_if(shown.places.begin(), shown.places.end(),
                                      [](const FindingPlace& place) { return !place.marks.empty(); });
    for (std::size_t i = 0; i < m_quotes.size(); ++i) {
        m_quotes[i]->setVisible(i < places);
        if (i < places)
            m_quotes[i]->showPlace(found, shown.places[i], *m_state.corpus(), marked > 1);
    }
    showStops();
    showVerdict();
    writeDetails();
}

void EvidencePane::setStops(std::function<StopPair(Row)> stopOf)
{
    m_stopOf = std::move(stopOf);
    showStops();
}

void EvidencePane::showStops()
{
    if (m_entry < 0 || !m_stopOf)
        return;
    const std::vector<FindingPlace>& places = m_model.found().findings[finding()].places;
    for (std::size_t i = 0; i < std::min(places.size(), m_quotes.size()); ++i)
        m_quotes[i]->setStop(m_stopOf(places[i].row));
}

void EvidencePane::showVerdict()
{
    if (m_entry < 0 || static_cast<std::size_t>(m_entry) >= m_model.entryCount())
        return;
    const auto entry = static_cast<std::uint32_t>(m_entry);
    const FindingVerdict verdict = m_model.verdictOf(entry);
    const KeptVerdict kept = m_model.keptOf(entry);
    m_confirm->setText(verdict == FindingVerdict::Confirmed ? tr("Reopen") : tr("Confirm"));
    m_dismiss->setText(verdict == FindingVerdict::Dismissed ? tr("Reopen") : tr("Dismiss\u2026"));
    QString said;
    if (const std::size_t left = m_model.countOf(entry, FindingVerdict::Dismissed);
        verdict != FindingVerdict::Dismissed && left > 0)
        said = tr("%1 of them dismissed before").arg(countText(static_cast<std::int64_t>(left)));
    if (verdict != FindingVerdict::Open)
        said = verdictText(verdict) + (kept.reason.empty() ? QString() : QStringLiteral(": ") + oneLine(kept.reason));
    m_said->setText(said);
    m_said->setVisible(!said.isEmpty());
    setPlainTip(*m_said, safeText(kept.reason));
    m_note->showNote(m_model.keysOf(entry).constFirst(), QString::fromStdString(kept.note));
}

/// Facts first, then what the rule is and how often it is right.
void EvidencePane::writeDetails()
{
    const Theme& theme = themeFor(palette());
    const Finding& shown = m_model.found().findings[finding()];
    QPalette level = m_level->palette();
    level.setColor(QPalette::WindowText,
                   shown.weight == FindingWeight::Severe ? theme[ColourRole::Contradiction].ink : theme.text);
    m_level->setPalette(level);
    QTextCharFormat strong;
    strong.setFontWeight(QFont::Bold);
    QTextCharFormat muted;
    muted.setForeground(theme.muted);
    m_details->clearText();
    bool first = true;
    const auto line = [&](const QString& label, const QString& text) {
        m_details->add((first ? QString() : QStringLiteral("\n")) + label + QStringLiteral("  "), strong);
        m_details->add(text, QTextCharFormat());
        first = false;
    };
    if (shown.places.size() > mostQuotes)
        line(tr("Places"), tr("the first %1 of %2 are quoted")
                               .arg(countText(mostQuotes), countText(static_cast<qint64>(shown.places.size()))));
    if (shown.exposure != noTime)
        line(tr("In sight"),
             tr("a user had it in sight for %1").arg(QString::fromStdString(durationText(shown.exposure))));
    for (const FindingFact& fact : shown.facts)
        line(oneLine(fact.label, 200), safeText(fact.text));
    line(tr("Basis"),
         shown.evidence == StreamEvidence::Inferred ? tr("inferred by the rule") : basisText(shown.evidence));
    line(tr("Level"), levelMeaning(shown.level));
    line(tr("Weight"), tr("%1, if it is right").arg(weightText(shown.weight)));
    const DetectorRule* const rule = ruleNamed(shown.rule);
    const auto textOf = [](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    line(tr("Rule"), QString::fromStdString(shown.rule) + QStringLiteral(": ") +
                         (rule ? textOf(rule->about) : tr("not a rule of this version")));
    line(tr("Measured"), measuresText(shown.rule).replace(QLatin1Char('\n'), QStringLiteral("; ")));
    if (rule && !rule->fires.empty())
        line(tr("It fires for"), textOf(rule->fires));
    if (rule && !rule->quiet.empty())
        line(tr("It must not for"), textOf(rule->quiet));
}

void EvidencePane::dismiss()
{
    if (m_entry < 0)
        return;
    if (m_model.verdictOf(static_cast<std::uint32_t>(m_entry)) == FindingVerdict::Dismissed) {
        emit reopenRequested();
        return;
    }
    m_reason->clear();
    m_ask->show();
    m_reason->setFocus(Qt::ShortcutFocusReason);
}

void EvidencePane::endReason(bool dismissed)
{
    m_ask->hide();
    emit left();
    if (dismissed)
        emit dismissRequested(m_reason->text().trimmed());
}

void EvidencePane::editNote()
{
    if (m_entry >= 0)
        m_note->edit();
}

QString EvidencePane::report() const
{
    const auto entry = static_cast<std::uint32_t>(m_entry);
    return postmortemText({m_model.found(), entry, finding(), *m_state.corpus(), m_model.keptOf(entry),
                           m_state.paths().isEmpty() ? QString() : QFileInfo(m_state.paths().constFirst()).fileName(),
                           tr("Arcscope %1").arg(QApplication::applicationVersion())});
}

void EvidencePane::copy()
{
    if (m_entry < 0)
        return;
    const QString text = report();
    auto* offered = new QMimeData;
    offered->setText(text);
    offered->setData(QStringLiteral("text/markdown"), text.toUtf8());
    QApplication::clipboard()->setMimeData(offered);
    emit copied();
}

bool EvidencePane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_reason && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape) {
            endReason(key != Qt::Key_Escape);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void EvidencePane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_entry >= 0)
        writeDetails();
}

void EvidencePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() >= sideBySide * fontMetrics().averageCharWidth();
    m_quoteRow->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace arcscope
