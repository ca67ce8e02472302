#include "replaytaskmodel.h"

#include "displaytext.h"
#include "replayphrases.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr ReplayTaskColumn columnAt(int section)
{
    return static_cast<ReplayTaskColumn>(section);
}

bool isNumber(ReplayTaskColumn column)
{
    return column >= ReplayTaskColumn::Steps && column <= ReplayTaskColumn::Tokens;
}

} // namespace

void ReplayTaskModel::setReplay(ReplayPtr found, std::size_t candidate)
{
    beginResetModel();
    m_found = std::move(found);
    m_candidate = candidate;
    list();
    endResetModel();
}

void ReplayTaskModel::setShown(ReplayShown shown)
{
    beginResetModel();
    m_shown = shown;
    list();
    endResetModel();
}

void ReplayTaskModel::setReviews(std::vector<ReplayReview> reviews)
{
    const bool moves = m_shown == ReplayShown::NotReviewed || m_sorted == ReplayTaskColumn::Verdict;
    if (moves)
        beginResetModel();
    m_reviews = std::move(reviews);
    if (moves) {
        list();
        endResetModel();
        return;
    }
    readReviews();
    if (!m_tasks.empty())
        emit dataChanged(index(0, static_cast<int>(ReplayTaskColumn::Verdict)),
                         index(rowCount() - 1, static_cast<int>(ReplayTaskColumn::Verdict)));
}

/// Reviews are of sides by their names; those of others are not of this list.
void ReplayTaskModel::readReviews()
{
    m_reviewOf.clear();
    if (!m_found || m_candidate >= m_found->candidates())
        return;
    std::unordered_map<std::string, const ReplayReview*> reviews;
    for (const ReplayReview& review : m_reviews) {
        if (!m_found->isOf(review, m_candidate))
            continue;
        const ReplayReview*& last = reviews[review.task];
        if (!last || last->changed <= review.changed)
            last = &review;
    }
    m_reviewOf.resize(m_found->pairing.tasks.size());
    for (std::uint32_t task = 0; task < m_reviewOf.size(); ++task) {
        if (const auto review = reviews.find(m_found->task(task).key); review != reviews.end())
            m_reviewOf[task] = *review->second;
    }
}

void ReplayTaskModel::list()
{
    m_tasks.clear();
    m_lines.clear();
    readReviews();
    if (!m_found || m_candidate >= m_found->candidates())
        return;
    const auto count = static_cast<std::uint32_t>(m_found->pairing.tasks.size());
    for (std::uint32_t task = 0; task < count; ++task) {
        if (isShown(task))
            m_tasks.push_back(task);
    }
    std::vector<double> ranks(count);
    for (const std::uint32_t task : m_tasks)
        ranks[task] = rank(task, m_sorted);
    const auto compared = [&](std::uint32_t task) { return m_found->summaryOf(m_candidate, task) != nullptr; };
    std::vector<bool> isCompared(count);
    for (const std::uint32_t task : m_tasks)
        isCompared[task] = compared(task);
    std::stable_sort(m_tasks.begin(), m_tasks.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (isCompared[a] != isCompared[b])
            return static_cast<bool>(isCompared[a]);
        if (m_sorted == ReplayTaskColumn::Task) {
            const int order = m_found->task(a).key.compare(m_found->task(b).key);
            return m_order == Qt::AscendingOrder ? order < 0 : order > 0;
        }
        return m_order == Qt::AscendingOrder ? ranks[a] < ranks[b] : ranks[a] > ranks[b];
    });
    m_lines.assign(count, -1);
    for (std::size_t line = 0; line < m_tasks.size(); ++line)
        m_lines[m_tasks[line]] = static_cast<int>(line);
}

bool ReplayTaskModel::isShown(std::uint32_t task) const
{
    const ReplayTaskSummary* const summary = m_found->summaryOf(m_candidate, task);
    switch (m_shown) {
    case ReplayShown::All:
        return true;
    case ReplayShown::Differing:
        return summary && summary->weight > ReplayClass::Wording;
    case ReplayShown::Gains:
        return summary && summary->change == ReplayChange::Gain;
    case ReplayShown::Regressions:
        return summary && summary->change == ReplayChange::Regression;
    case ReplayShown::NotReviewed:
        return summary && (!m_reviewOf[task] || !m_reviewOf[task]->opinion);
    case ReplayShown::NotCompared:
        break;
    }
    return !summary;
}

double ReplayTaskModel::rank(std::uint32_t task, ReplayTaskColumn column) const
{
    const ReplayTaskSummary* const summary = m_found->summaryOf(m_candidate, task);
    if (!summary)
        return -1;
    const ReplayTask& of = m_found->task(task);
    const auto mean = [](const TaskRuns& runs, const std::optional<double>& score) {
        return score ? *score / 1e6 : runs.runs > 0 ? runs.rate() : -1;
    };
    switch (column) {
    case ReplayTaskColumn::Task:
        return 0;
    case ReplayTaskColumn::Base:
        return mean(summary->base, summary->baseScore);
    case ReplayTaskColumn::Candidate:
        return mean(summary->candidate, summary->candidateScore);
    case ReplayTaskColumn::Change: // worst first or last
        if (summary->change == ReplayChange::NotKnown)
            return -10;
        return mean(summary->candidate, summary->candidateScore) - mean(summary->base, summary->baseScore);
    case ReplayTaskColumn::Difference:
        return static_cast<double>(summary->weight) * 1e9 + static_cast<double>(summary->difference) * 1e8 +
               static_cast<double>(summary->changed);
    case ReplayTaskColumn::State:
        return static_cast<double>(summary->state);
    case ReplayTaskColumn::Steps:
        return static_cast<double>(summary->changed);
    case ReplayTaskColumn::Valid:
        return summary->steps == 0 ? -1 : static_cast<double>(summary->valid) / summary->steps;
    case ReplayTaskColumn::Cost:
        return figureRatio(*m_found, of, side(), ReplayFigure::Cost);
    case ReplayTaskColumn::Latency:
        return figureRatio(*m_found, of, side(), ReplayFigure::Latency);
    case ReplayTaskColumn::Tokens:
        return figureRatio(*m_found, of, side(), ReplayFigure::Tokens);
    case ReplayTaskColumn::Verdict:
        return m_reviewOf[task] && m_reviewOf[task]->opinion ? 10 - static_cast<double>(*m_reviewOf[task]->opinion) : 0;
    }
    return 0;
}

const ReplayReview* ReplayTaskModel::review(std::uint32_t task) const
{
    return task < m_reviewOf.size() && m_reviewOf[task] ? &*m_reviewOf[task] : nullptr;
}

std::optional<std::uint32_t> ReplayTaskModel::taskAt(int line) const
{
    return line >= 0 && line < static_cast<int>(m_tasks.size()) ? std::optional(m_tasks[static_cast<std::size_t>(line)])
                                                                : std::nullopt;
}

int ReplayTaskModel::lineOf(std::uint32_t task) const
{
    return task < m_lines.size() ? m_lines[task] : -1;
}

int ReplayTaskModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tasks.size());
}

int ReplayTaskModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : replayTaskColumnCount;
}

Qt::ItemFlags ReplayTaskModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

QString ReplayTaskModel::text(std::uint32_t task, ReplayTaskColumn column) const
{
    const ReplayTask& of = m_found->task(task);
    const ReplayTaskSummary* const summary = m_found->summaryOf(m_candidate, task);
    switch (column) {
    case ReplayTaskColumn::Task:
        return of.by == ReplayKey::Manual ? tr("%1 (by hand)").arg(oneLine(of.key, 120))
               : of.key.empty()           ? tr("(no name)")
                                          : oneLine(of.key, 120);
    case ReplayTaskColumn::Base:
        return runsText(*m_found, of, 0);
    case ReplayTaskColumn::Candidate:
        return runsText(*m_found, of, side());
    case ReplayTaskColumn::State:
        return !summary ? QString() : m_found->whole ? taskStateText(summary->state) : tr("\u2026");
    case ReplayTaskColumn::Verdict:
        return m_reviewOf[task] && m_reviewOf[task]->opinion ? opinionText(*m_reviewOf[task]->opinion) : QString();
    default:
        break;
    }
    if (!summary)
        return column == ReplayTaskColumn::Difference ? gapText(of.gap) : QString();
    const bool ofSteps = column >= ReplayTaskColumn::Difference && column <= ReplayTaskColumn::Valid;
    if (!m_found->whole && ofSteps)
        return tr("\u2026");
    switch (column) {
    case ReplayTaskColumn::Change:
        return replayChangeText(summary->change);
    case ReplayTaskColumn::Difference:
        return differenceText(summary->difference, summary->detail);
    case ReplayTaskColumn::Steps:
        return countText(summary->changed);
    case ReplayTaskColumn::Valid:
        return summary->steps == 0 ? notRecordedText()
                                   : tr("%1 of %2").arg(countText(summary->valid), countText(summary->steps));
    case ReplayTaskColumn::Cost:
        return figureRatioText(*m_found, of, side(), ReplayFigure::Cost);
    case ReplayTaskColumn::Latency:
        return figureRatioText(*m_found, of, side(), ReplayFigure::Latency);
    case ReplayTaskColumn::Tokens:
        return figureRatioText(*m_found, of, side(), ReplayFigure::Tokens);
    default:
        return {};
    }
}

QString ReplayTaskModel::about(std::uint32_t task) const
{
    const ReplayTask& of = m_found->task(task);
    QStringList lines{oneLine(of.key, 300), pairedByText(of.by)};
    const ReplayTaskSummary* const summary = m_found->summaryOf(m_candidate, task);
    if (!summary) {
        lines << gapText(of.gap);
        return lines.join(QLatin1Char('\n'));
    }
    if (!m_found->whole) {
        lines << tr("What differs is still being read");
        return lines.join(QLatin1Char('\n'));
    }
    lines << weightMeaning(summary->weight) << taskStateMeaning(summary->state);
    if (summary->p < 1)
        lines << tr("chance that the sides are no further apart than their reruns: %1").arg(summary->p, 0, 'g', 2);
    lines << tr("%1 of %2 steps of models were given the same in both runs").arg(summary->valid).arg(summary->steps);
    for (const std::size_t each : {std::size_t{0}, side()}) {
        QStringList judges;
        for (const std::uint32_t run : of.runs[each])
            judges << oneLine(m_found->pairing.runs[run].judge, 80);
        judges.removeAll(QString());
        judges.removeDuplicates();
        if (!judges.isEmpty())
            lines << tr("%1 was judged by %2").arg(sideLetter(each), judges.join(QStringLiteral(", ")));
    }
    const auto labelledBefore = [&](std::uint32_t run) { return m_found->pairing.runs[run].labelledBefore; };
    for (const std::size_t each : {std::size_t{0}, side()}) {
        if (std::any_of(of.runs[each].begin(), of.runs[each].end(), labelledBefore))
            lines << tr("a label of %1 is older than its run: it was given on another answer").arg(sideLetter(each));
    }
    if (m_reviewOf[task] && !m_reviewOf[task]->note.empty())
        lines << tr("note: %1").arg(oneLine(m_reviewOf[task]->note, 300));
    return lines.join(QLatin1Char('\n'));
}

QVariant ReplayTaskModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::uint32_t task = m_tasks[static_cast<std::size_t>(index.row())];
    const ReplayTaskColumn column = columnAt(index.column());
    switch (role) {
    case TaskRole:
        return task;
    case WeightRole: {
        const ReplayTaskSummary* const summary = m_found->summaryOf(m_candidate, task);
        return summary ? static_cast<int>(summary->weight) : -1;
    }
    case Qt::DisplayRole:
        return text(task, column);
    case Qt::ToolTipRole:
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(about(task).toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(index.column(), Qt::Horizontal).toString(), text(task, column));
    case Qt::AccessibleDescriptionRole:
        return about(task);
    case Qt::TextAlignmentRole:
        return isNumber(column) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QVariant ReplayTaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= replayTaskColumnCount)
        return {};
    const ReplayTaskColumn column = columnAt(section);
    if (role == Qt::TextAlignmentRole && isNumber(column))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DisplayRole) {
        switch (column) {
        case ReplayTaskColumn::Task:
            return tr("Task");
        case ReplayTaskColumn::Base:
            return tr("A, the base");
        case ReplayTaskColumn::Candidate:
            return m_candidate == 0 ? tr("B") : sideLetter(side());
        case ReplayTaskColumn::Change:
            return tr("Change");
        case ReplayTaskColumn::Difference:
            return tr("What differs most");
        case ReplayTaskColumn::State:
            return tr("Beyond reruns?");
        case ReplayTaskColumn::Steps:
            return tr("Steps changed");
        case ReplayTaskColumn::Valid:
            return tr("Same context");
        case ReplayTaskColumn::Cost:
            return tr("Cost");
        case ReplayTaskColumn::Latency:
            return tr("Time");
        case ReplayTaskColumn::Tokens:
            return tr("Tokens");
        case ReplayTaskColumn::Verdict:
            return tr("Verdict");
        }
    }
    if (role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case ReplayTaskColumn::Base:
        return m_found ? oneLine(m_found->sides.front()) : QString();
    case ReplayTaskColumn::Candidate:
        return m_found && side() < m_found->sides.size() ? oneLine(m_found->sides[side()]) : QString();
    case ReplayTaskColumn::Change:
        return tr("By score where both have one, else by whether it was done");
    case ReplayTaskColumn::Difference:
        return tr("Effects before the way, the way before wording");
    case ReplayTaskColumn::State:
        return tr("Whether the sides differ by more than runs of one side do among themselves");
    case ReplayTaskColumn::Steps:
        return tr("Steps that differ in more than wording, of the pair of runs that differs most");
    case ReplayTaskColumn::Valid:
        return tr("Steps of models in which both runs were given the same, of all");
    case ReplayTaskColumn::Cost:
    case ReplayTaskColumn::Latency:
    case ReplayTaskColumn::Tokens:
        return tr("The candidate's divided by the base's");
    case ReplayTaskColumn::Verdict:
        return tr("What a person said of it");
    case ReplayTaskColumn::Task:
        break;
    }
    return tr("What the runs share");
}

void ReplayTaskModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= replayTaskColumnCount)
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::optional<std::uint32_t>> tasks;
    for (const QModelIndex& index : before)
        tasks.push_back(taskAt(index.row()));
    m_sorted = columnAt(column);
    m_order = order;
    list();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto& task = tasks[static_cast<std::size_t>(i)];
        after << (task ? index(lineOf(*task), before[i].column()) : QModelIndex());
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

QString shownText(ReplayShown shown)
{
    switch (shown) {
    case ReplayShown::All:
        return ReplayTaskModel::tr("All tasks");
    case ReplayShown::Differing:
        return ReplayTaskModel::tr("More than wording differs");
    case ReplayShown::Gains:
        return ReplayTaskModel::tr("Gains");
    case ReplayShown::Regressions:
        return ReplayTaskModel::tr("Regressions");
    case ReplayShown::NotReviewed:
        return ReplayTaskModel::tr("Not reviewed");
    case ReplayShown::NotCompared:
        break;
    }
    return ReplayTaskModel::tr("Not compared");
}

} // namespace arcscope
