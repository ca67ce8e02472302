#include "findingsview.h"

#include "brieflabel.h"
#include "displaytext.h"
#include "emptystate.h"
#include "evidencepane.h"
#include "findingwords.h"
#include "notebook.h"
#include "notecommands.h"
#include "searchstate.h"
#include "stopbook.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

FindingsView::FindingsView(AppState& state, FindingBook& book, NoteCommands& commands, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_book(book)
    , m_commands(commands)
    , m_model(new FindingModel(state, book, this))
    , m_table(new QTableView)
    , m_pane(new EvidencePane(state, *m_model))
    , m_split(new QSplitter(Qt::Vertical))
    , m_levels(new QComboBox)
    , m_rules(new QComboBox)
    , m_verdicts(new QComboBox)
    , m_traceOnly(new QCheckBox(tr("Only this &trace")))
    , m_showRules(new QToolButton)
    , m_counts(new BriefLabel)
    , m_progress(new BriefLabel)
    , m_cancel(new QToolButton)
    , m_filterWait(state)
    , m_empty(new EmptyState)
    , m_noneText(new EmptyState)
    , m_pages(new QStackedWidget)
{
    m_controls = makeControls();
    m_status = makeStatus();
    m_none = makeRules();
    setUpColumns();
    makeKeys();
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_table);
    m_split->addWidget(m_pane);
    m_split->setStretchFactor(0, 2);
    m_split->setStretchFactor(1, 3);
    for (QWidget* page : {static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_split), m_none})
        m_pages->addWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_controls);
    column->addWidget(m_status);
    column->addWidget(m_pages, 1);

    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_arranging = true; });
    connect(m_model, &FindingModel::arranged, this, &FindingsView::showArranged);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FindingsView::showCurrent);
    connect(m_table, &QTableView::activated, this, &FindingsView::goToPlace);
    connect(m_pane, &EvidencePane::confirmRequested, this, &FindingsView::confirm);
    connect(m_pane, &EvidencePane::dismissRequested, this,
            [this](const QString& reason) { say(FindingVerdict::Dismissed, reason, tr("dismissal of a finding")); });
    connect(m_pane, &EvidencePane::reopenRequested, this,
            [this] { say(FindingVerdict::Open, {}, tr("reopening a finding")); });
    connect(m_pane, &EvidencePane::noteDrafted, this, [this](const QString& key, const QString& text) {
        m_state.notes().keepDraft(QStringLiteral("finding:") + key, text);
    });
    connect(m_pane, &EvidencePane::noteEdited, this, [this](const QString& text) {
        const int row = currentRow();
        if (row < 0)
            return;
        KeptVerdict kept = m_model->keptOf(m_model->entryOf(row));
        kept.note = text.toStdString();
        std::vector<KeptVerdict> all;
        for (const QString& key : m_model->keysOf(m_model->entryOf(row))) {
            all.push_back(m_state.notes().verdicts().value(key));
            all.back().finding = key.toStdString();
            all.back().note = kept.note;
        }
        m_commands.say(std::move(all), tr("note on a finding"));
    });
    connect(m_pane, &EvidencePane::placeChosen, this, [this](Row row, std::uint32_t event) {
        if (const Row now = m_book.rowNow(row); now != noRow)
            emit placeChosen(now, event);
    });
    connect(m_pane, &EvidencePane::memberChanged, this, [this] {
        m_member = chosenName();
        emit chosenChanged();
    });
    connect(m_pane, &EvidencePane::copied, this, [this] { emit said(tr("The finding is on the clipboard")); });
    connect(m_pane, &EvidencePane::left, m_table, [this] { m_table->setFocus(); });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_filterWait.isLong())
            m_state.setFilter({});
        else if (m_book.stage() == SearchStage::Searching)
            m_book.cancel();
        else if (m_book.stage() == SearchStage::Done || m_model->entryCount() > 0)
            clearFilter();
        else
            m_book.searchAgain();
    });
    connect(&m_filterWait, &FilterWait::changed, this, &FindingsView::showState);
    connect(&book, &FindingBook::stageChanged, this, &FindingsView::showState);
    connect(&book, &FindingBook::progressed, this, &FindingsView::showProgress);
    connect(&state, &AppState::traceChanged, this, [this] {
        showState();
        markAgain();
    });
    connect(&state, &AppState::corpusChanged, this, &FindingsView::markAgain);
    showState();
}

void FindingsView::setStops(const StopBook& stops)
{
    connect(&stops, &StopBook::changed, this,
            [this, &stops] { m_pane->setStops([this, &stops](Row row) { return stops.pair(m_book.rowNow(row)); }); });
    m_pane->setStops([this, &stops](Row row) { return stops.pair(m_book.rowNow(row)); });
}

void FindingsView::choose()
{
    FindingChoice choice;
    choice.least = static_cast<FindingLevel>(m_levels->currentData().toInt());
    choice.rule = m_rules->currentIndex() > 0 ? m_rules->currentText() : QString();
    const int shown = m_verdicts->currentData().toInt();
    choice.open = shown == NotDismissed || shown == OpenOnly || shown == AnyVerdict;
    choice.confirmed = shown == NotDismissed || shown == ConfirmedOnly || shown == AnyVerdict;
    choice.dismissed = shown == DismissedOnly || shown == AnyVerdict;
    choice.traceOnly = m_traceOnly->isChecked();
    m_model->setChoice(choice);
}

void FindingsView::clearFilter()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_levels), QSignalBlocker(m_rules), QSignalBlocker(m_verdicts),
                                    QSignalBlocker(m_traceOnly)};
    m_levels->setCurrentIndex(2);
    m_rules->setCurrentIndex(0);
    m_verdicts->setCurrentIndex(m_verdicts->count() - 1);
    m_traceOnly->setChecked(false);
    m_state.setFilter({});
    choose();
    m_table->setFocus();
}

int FindingsView::currentRow() const
{
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

void FindingsView::selectRow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0),
                                               QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(m_model->index(row, 0));
}

/// The entry that was chosen stays so while it is listed; where it left the list, the one at its place is chosen.
void FindingsView::showArranged()
{
    listRules();
    const int rows = m_model->rowCount();
    int row = currentRow();
    if (m_arranging) {
        const int scroll = m_table->verticalScrollBar()->value();
        row = m_byUser ? m_model->rowOfIdentity(m_chosen) : -1;
        if (row < 0 && rows > 0)
            row = m_byUser ? std::clamp(m_chosenRow, 0, rows - 1) : 0;
        selectRow(row);
        m_arranging = false;
        if (m_state.growing())
            m_table->verticalScrollBar()->setValue(scroll);
    }
    showCurrent();
    m_pane->showVerdict();
    m_counts->setText(countsText());
    emit openCountChanged(m_model->openCount());
    showState();
    markAgain();
}

void FindingsView::showCurrent()
{
    if (m_arranging)
        return;
    const int row = currentRow();
    if (row >= 0) {
        const QString chosen = m_model->found().identity(m_model->entryOf(row));
        if (chosen != m_chosen)
            m_member.clear();
        m_chosen = chosen;
        m_chosenRow = row;
        m_byUser = m_byUser || m_table->hasFocus() || row > 0;
    }
    m_pane->showRow(row);
    keepMember();
    emit chosenChanged();
}

/// Others of the cause may have come.
void FindingsView::keepMember()
{
    if (m_member.empty() || m_pane->isEmpty())
        return;
    const FoundFindings& found = m_model->found();
    for (const std::uint32_t finding : found.entries[m_model->entryOf(currentRow())].findings) {
        if (found.nameOf(finding) == m_member)
            m_pane->showMember(finding);
    }
}

std::string FindingsView::chosenName() const
{
    return m_pane->isEmpty() ? std::string() : m_model->found().nameOf(m_pane->finding());
}

FindingsView::Choosing FindingsView::chooseFinding(std::string_view name)
{
    const FoundPtr found = m_model->foundPtr();
    const auto member = found->find(name);
    if (!member)
        return Choosing::NotThere;
    const QString identity = found->identity(member->entry);
    for (const bool any : {false, true}) {
        if (m_model->rowOfIdentity(identity) >= 0)
            break;
        const QSignalBlocker quiet[] = {QSignalBlocker(m_levels), QSignalBlocker(m_rules), QSignalBlocker(m_verdicts),
                                        QSignalBlocker(m_traceOnly)};
        m_verdicts->setCurrentIndex(m_verdicts->count() - 1); // it may be dismissed
        if (any) {
            m_levels->setCurrentIndex(m_levels->count() - 1);
            m_rules->setCurrentIndex(0);
            m_traceOnly->setChecked(false);
        }
        choose();
    }
    const int row = m_model->rowOfIdentity(identity);
    if (row < 0)
        return Choosing::FilteredAway;
    m_showRules->setChecked(false);
    selectRow(row);
    m_byUser = true;
    m_member = found->nameOf(member->finding);
    m_pane->showMember(member->finding);
    emit chosenChanged();
    return Choosing::Chosen;
}

void FindingsView::markAgain()
{
    m_marked = m_book.isCurrent() ? m_model->marked() : std::vector<MarkedFinding>();
    emit marksChanged();
}

FindingsView::Marks FindingsView::marks() const
{
    Marks marks;
    for (const MarkedFinding& each : m_marked) {
        const Finding& finding = m_model->found().findings[each.finding];
        marks.places.push_back(each.place);
        marks.texts.push_back(
            QStringLiteral("%1 %2: %3")
                .arg(weightSign(finding.weight), levelText(finding.level), oneLine(finding.what, 200)));
    }
    return marks;
}

std::optional<std::uint32_t> FindingsView::chosenMark() const
{
    if (m_pane->isEmpty())
        return std::nullopt;
    const std::uint32_t chosen = m_pane->finding();
    const auto found = std::find_if(m_marked.begin(), m_marked.end(),
                                    [chosen](const MarkedFinding& each) { return each.finding == chosen; });
    return found == m_marked.end() ? std::nullopt : std::optional(static_cast<std::uint32_t>(found - m_marked.begin()));
}

void FindingsView::chooseMark(std::uint32_t mark)
{
    if (mark >= m_marked.size())
        return;
    const MarkedFinding chosen = m_marked[mark];
    selectRow(m_model->rowOfIdentity(m_model->found().identity(chosen.entry)));
    m_pane->showMember(chosen.finding);
    m_member = chosenName();
    emit chosenChanged();
}

QString FindingsView::countsText() const
{
    const auto& counts = m_model->counts();
    const auto part = [&](FindingVerdict verdict, const QString& text) {
        return text.arg(countText(static_cast<qint64>(counts[static_cast<std::size_t>(verdict)])));
    };
    return part(FindingVerdict::Open, tr("%1 open")) + part(FindingVerdict::Dismissed, tr("  ·  %1 dismissed")) +
           part(FindingVerdict::Confirmed, tr("  ·  %1 confirmed"));
}

void FindingsView::listRules()
{
    const QStringList rules = m_model->rules();
    QStringList listed;
    for (int i = 1; i < m_rules->count(); ++i)
        listed << m_rules->itemText(i);
    if (rules == listed)
        return;
    const QSignalBlocker quiet(m_rules);
    const QString chosen = m_model->choice().rule;
    while (m_rules->count() > 1)
        m_rules->removeItem(1);
    m_rules->addItems(rules);
    if (!chosen.isEmpty() && !rules.contains(chosen))
        m_rules->addItem(chosen); // what is chosen stays, although nothing is found by it
    m_rules->setCurrentIndex(chosen.isEmpty() ? 0 : m_rules->findText(chosen));
}

void FindingsView::saySearch()
{
    sayUnsearched(m_book, *m_empty, tr("Findings are searched for when everything is read."),
                  tr("Findings are not searched for"));
}

void FindingsView::showProgress()
{
    showSearch(m_book, *m_progress, *m_cancel);
    if (m_book.stage() == SearchStage::Searching && m_pages->currentWidget() == m_empty && m_model->entryCount() == 0)
        saySearch();
}

void FindingsView::showState()
{
    const SearchStage stage = m_book.stage();
    if (stage == SearchStage::Nothing || stage == SearchStage::Reading)
        m_byUser = false;
    const bool open = stage != SearchStage::Nothing && stage != SearchStage::Reading;
    const bool some = m_model->entryCount() > 0;
    m_controls->setVisible(open && some);
    m_status->setVisible(open && some);
    m_traceOnly->setVisible(m_state.corpus()->traces.rows() > 1);
    m_traceOnly->setEnabled(m_state.trace().has_value() || m_traceOnly->isChecked());
    showSearch(m_book, *m_progress, *m_cancel);
    const bool rules = some && m_showRules->isChecked();
    m_noneText->setVisible(!rules);
    if (rules) {
        m_pages->setCurrentWidget(m_none);
    } else if (some && m_filterWait.isLong()) {
        m_pages->setCurrentWidget(m_empty);
        sayFiltering(*m_empty);
    } else if (some && m_model->rowCount() > 0) {
        m_pages->setCurrentWidget(m_split);
    } else if (some) {
        m_pages->setCurrentWidget(m_empty);
        m_empty->say(tr("Nothing is left in the list"),
                     tr("%1 are hidden by level, rule, verdict or the filter.")
                         .arg(counted(static_cast<qint64>(m_model->entryCount()), tr("%1 entry"), tr("%1 entries"))),
                     tr("&Clear filter"));
    } else if (stage == SearchStage::Done) {
        m_pages->setCurrentWidget(m_none);
        m_noneText->say(tr("Nothing was found"),
                        tr("All spans were looked through for what is listed below. What no rule knows is not found."));
    } else {
        m_pages->setCurrentWidget(m_empty);
        saySearch();
    }
    QWidget* const page = m_pages->currentWidget();
    giveKeyboardTo(page == m_split ? m_table : page == m_empty ? m_empty->keyboardPart() : nullptr, *this);
}

void FindingsView::step(int by)
{
    if (m_model->rowCount() == 0)
        return;
    const int row = currentRow();
    selectRow(row < 0 ? 0 : std::clamp(row + by, 0, m_model->rowCount() - 1));
    if (!isVisible())
        goToPlace();
}

void FindingsView::goToPlace()
{
    if (m_pane->isEmpty())
        return;
    const FindingPlace& place = m_model->found().findings[m_pane->finding()].places.front();
    if (const Row row = m_book.rowNow(place.row); row != noRow)
        emit placeChosen(row, place.event);
}

void FindingsView::say(FindingVerdict verdict, const QString& reason, const QString& about)
{
    const int row = currentRow();
    if (row < 0)
        return;
    std::vector<KeptVerdict> all;
    for (const QString& key : m_model->keysOf(m_model->entryOf(row))) {
        KeptVerdict said = m_state.notes().verdicts().value(key);
        said.finding = key.toStdString();
        said.verdict = verdict;
        said.reason = reason.toStdString();
        all.push_back(std::move(said));
    }
    m_commands.say(std::move(all), about);
}

void FindingsView::confirm()
{
    const int row = currentRow();
    if (row < 0)
        return;
    const bool confirmed = m_model->verdictOf(m_model->entryOf(row)) == FindingVerdict::Confirmed;
    say(confirmed ? FindingVerdict::Open : FindingVerdict::Confirmed, {},
        confirmed ? tr("reopening a finding") : tr("confirmation of a finding"));
}

void FindingsView::dismiss()
{
    m_pane->dismiss();
}

void FindingsView::writeNote()
{
    m_pane->editNote();
}

} // namespace arcscope
