#include "findingmodel.h"

#include "displaytext.h"
#include "findingwords.h"
#include "notebook.h"

#include <QSet>

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

namespace arcscope
{
namespace
{

constexpr std::size_t mostMarked = 20'000;

bool among(const std::vector<Row>& rows, Row row)
{
    return std::binary_search(rows.begin(), rows.end(), row);
}

} // namespace

FindingModel::FindingModel(AppState& state, const FindingBook& book, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
    , m_found(book.found())
{
    connect(&book, &FindingBook::foundChanged, this, [this, &book] { setFound(book.found()); });
    connect(&state.notes(), &NoteBook::verdictsChanged, this, [this] {
        takeVerdicts();
        arrange();
    });
    connect(&state, &AppState::filterChanged, this, &FindingModel::arrange);
    connect(&state, &AppState::corpusChanged, this, [this] { // clocks may be others
        if (rowCount() > 0)
            emit dataChanged(index(0, WhenColumn), index(rowCount() - 1, WhenColumn));
    });
    connect(&state, &AppState::traceChanged, this, [this] {
        if (m_choice.traceOnly)
            arrange();
    });
    setFound(book.found());
}

void FindingModel::setChoice(const FindingChoice& choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    arrange();
}

void FindingModel::setFound(FoundPtr found)
{
    beginResetModel();
    m_found = std::move(found);
    m_rows.clear();
    takeVerdicts();
    endResetModel();
    arrange();
}

void FindingModel::takeVerdicts()
{
    m_verdicts.assign(m_found->entries.size(), FindingVerdict::Open);
    const auto& kept = m_state.notes().verdicts();
    m_open = 0;
    for (std::uint32_t entry = 0; entry < m_verdicts.size(); ++entry) {
        if (!kept.isEmpty()) {
            bool anyOpen = false;
            bool anyConfirmed = false;
            for (const std::uint32_t finding : m_found->entries[entry].findings) {
                const FindingVerdict verdict = saidOf(finding);
                anyOpen = anyOpen || verdict == FindingVerdict::Open;
                anyConfirmed = anyConfirmed || verdict == FindingVerdict::Confirmed;
            }
            m_verdicts[entry] = anyOpen        ? FindingVerdict::Open
                                : anyConfirmed ? FindingVerdict::Confirmed
                                               : FindingVerdict::Dismissed;
        }
        if (m_verdicts[entry] == FindingVerdict::Open && m_found->example(entry).level >= FindingLevel::Check)
            ++m_open;
    }
}

/// Level, rule, trace and filter: all but the verdict.
bool FindingModel::passes(std::uint32_t entry) const
{
    const Finding& example = m_found->example(entry);
    if (example.level < m_choice.least)
        return false;
    if (!m_choice.rule.isEmpty() && m_choice.rule != QLatin1String(example.rule.data(), qsizetype(example.rule.size())))
        return false;
    const std::vector<std::uint32_t>& members = m_found->entries[entry].findings;
    return std::any_of(members.begin(), members.end(),
                       [&](std::uint32_t member) { return isWithin(m_found->findings[member]); });
}

/// A place of it is of the trace and the filter that are chosen.
bool FindingModel::isWithin(const Finding& finding) const
{
    const auto trace = m_choice.traceOnly ? m_state.trace() : std::nullopt;
    const RowsPtr& matches = m_state.matches();
    const SpanTable& spans = m_found->corpus->spans;
    return std::any_of(finding.places.begin(), finding.places.end(), [&](const FindingPlace& place) {
        return (!trace || spans.at(SpanColumn::Trace, place.row) == *trace) && (!matches || among(*matches, place.row));
    });
}

FindingVerdict FindingModel::saidOf(std::uint32_t finding) const
{
    const auto& kept = m_state.notes().verdicts();
    const auto said = kept.constFind(m_found->keys[finding]);
    return said == kept.constEnd() ? FindingVerdict::Open : said->verdict;
}

std::size_t FindingModel::memberToShow(std::uint32_t entry) const
{
    const std::vector<std::uint32_t>& members = m_found->entries[entry].findings;
    std::optional<std::size_t> within;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!isWithin(m_found->findings[members[i]]))
            continue;
        if (saidOf(members[i]) == FindingVerdict::Open)
            return i;
        within = within.value_or(i);
    }
    return within.value_or(0);
}

std::size_t FindingModel::tracesOf(std::uint32_t entry) const
{
    QSet<std::int64_t> traces;
    for (const std::uint32_t member : m_found->entries[entry].findings)
        traces.insert(m_found->corpus->spans.at(SpanColumn::Trace, m_found->findings[member].places.front().row));
    return static_cast<std::size_t>(traces.size());
}

std::size_t FindingModel::countOf(std::uint32_t entry, FindingVerdict verdict) const
{
    const std::vector<std::uint32_t>& members = m_found->entries[entry].findings;
    return static_cast<std::size_t>(
        std::count_if(members.begin(), members.end(), [&](std::uint32_t member) { return saidOf(member) == verdict; }));
}

void FindingModel::arrange()
{
    if (m_state.filtering() && !m_state.matches())
        return; // the rows come in a moment
    std::vector<std::uint32_t> rows;
    m_counts = {};
    for (std::uint32_t entry = 0; entry < m_found->entries.size(); ++entry) {
        if (!passes(entry))
            continue;
        ++m_counts[static_cast<std::size_t>(m_verdicts[entry])];
        if (m_choice.has(m_verdicts[entry]))
            rows.push_back(entry);
    }
    sortRows(rows);
    if (rows != m_rows) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    } else if (!m_rows.empty()) {
        emit dataChanged(index(0, VerdictColumn), index(rowCount() - 1, VerdictColumn));
    }
    emit arranged();
}

void FindingModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        column = LevelColumn;
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
}

/// `rows` are in the order of the ranking.
void FindingModel::sortRows(std::vector<std::uint32_t>& rows) const
{
    const auto by = [&](auto value) {
        std::vector<decltype(value(0U))> values;
        values.reserve(rows.size());
        for (const std::uint32_t entry : rows)
            values.push_back(value(entry));
        std::vector<std::size_t> order(rows.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return m_sortOrder == Qt::AscendingOrder ? values[a] < values[b] : values[b] < values[a];
        });
        std::vector<std::uint32_t> sorted;
        sorted.reserve(rows.size());
        for (const std::size_t i : order)
            sorted.push_back(rows[i]);
        rows = std::move(sorted);
    };
    const auto example = [this](std::uint32_t entry) -> const Finding& { return m_found->example(entry); };
    switch (m_sortColumn) {
    case RuleColumn:
        return by([&](std::uint32_t entry) { return std::string_view(example(entry).rule); });
    case WhatColumn:
        return by([&](std::uint32_t entry) { return std::string_view(example(entry).what); });
    case PlaceColumn:
        return by([&](std::uint32_t entry) {
            return m_found->corpus->spans.at(SpanColumn::Trace, example(entry).places.front().row);
        });
    case WhenColumn:
        return by([&](std::uint32_t entry) { return timeOf(entry); });
    case CountColumn:
        return by([&](std::uint32_t entry) { return m_found->entries[entry].findings.size(); });
    case SeenColumn:
        return by([&](std::uint32_t entry) { return example(entry).exposure; });
    case BasisColumn:
        return by([&](std::uint32_t entry) { return example(entry).evidence; });
    case VerdictColumn:
        return by([&](std::uint32_t entry) { return m_verdicts[entry]; });
    default:
        if (m_sortOrder == Qt::DescendingOrder)
            std::reverse(rows.begin(), rows.end());
    }
}

QStringList FindingModel::rules() const
{
    QSet<QString> names;
    std::string_view last;
    for (const Finding& finding : m_found->findings) {
        if (finding.rule == last)
            continue;
        last = finding.rule;
        names.insert(QString::fromStdString(finding.rule));
    }
    QStringList sorted(names.begin(), names.end());
    sorted.sort();
    return sorted;
}

int FindingModel::rowOfIdentity(const QString& identity) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_found->identity(entryOf(row)) == identity)
            return row;
    }
    return -1;
}

QStringList FindingModel::keysOf(std::uint32_t entry) const
{
    QStringList keys;
    QSet<QString> seen;
    for (const std::uint32_t finding : m_found->entries[entry].findings) {
        const QString& key = m_found->keys[finding];
        if (!seen.contains(key)) {
            seen.insert(key);
            keys << key;
        }
    }
    return keys;
}

KeptVerdict FindingModel::keptOf(std::uint32_t entry) const
{
    const auto& kept = m_state.notes().verdicts();
    KeptVerdict last;
    for (const std::uint32_t finding : m_found->entries[entry].findings) {
        const auto said = kept.constFind(m_found->keys[finding]);
        if (said != kept.constEnd() && (last.changed == noTime || said->changed > last.changed))
            last = *said;
    }
    return last;
}

std::vector<MarkedFinding> FindingModel::marked() const
{
    std::vector<MarkedFinding> marked;
    const auto trace = m_state.trace();
    const Corpus& shown = *m_state.corpus();
    for (std::uint32_t entry = 0; entry < m_found->entries.size() && marked.size() < mostMarked; ++entry) {
        if (m_verdicts[entry] == FindingVerdict::Dismissed || m_found->example(entry).level < FindingLevel::Check)
            continue;
        for (const std::uint32_t finding : m_found->entries[entry].findings) {
            const Finding& of = m_found->findings[finding];
            if (saidOf(finding) == FindingVerdict::Dismissed)
                continue;
            const FindingPlace& first = of.places.front();
            const auto other = std::find_if(of.places.begin(), of.places.end(),
                                            [&](const FindingPlace& place) { return place.row != first.row; });
            const auto here = [&](const FindingPlace& place) {
                return !trace || m_found->corpus->spans.at(SpanColumn::Trace, place.row) == *trace;
            };
            if (!here(first) && (other == of.places.end() || !here(*other)))
                continue;
            MarkedFinding& mark = marked.emplace_back();
            mark.entry = entry;
            mark.finding = finding;
            mark.place = {first.row, shownTime(*m_found, shown, first), noRow, noTime,
                          of.level == FindingLevel::Finding};
            if (other != of.places.end()) {
                mark.place.other = other->row;
                mark.place.otherTime = shownTime(*m_found, shown, *other);
            }
        }
    }
    return marked;
}

Nanos FindingModel::timeOf(std::uint32_t entry) const
{
    return shownTime(*m_found, *m_state.corpus(), m_found->example(entry).places.front());
}

int FindingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FindingModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FindingModel::placeText(const Finding& finding) const
{
    const Corpus& corpus = *m_found->corpus;
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, finding.places.front().row));
    if (trace >= corpus.traces.rows())
        return notRecordedText();
    return oneLine(corpus.strings[StringId{static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, trace))}],
                   120);
}

QString FindingModel::text(std::uint32_t entry, int column) const
{
    const Finding& example = m_found->example(entry);
    switch (column) {
    case LevelColumn:
        return weightSign(example.weight) + QLatin1Char(' ') + levelText(example.level);
    case RuleColumn:
        return QString::fromStdString(example.rule);
    case WhatColumn: {
        const std::string& quote = example.places.front().quote;
        return oneLine(quote.empty() ? example.what : example.what + "  \u201c" + quote + "\u201d", 400);
    }
    case PlaceColumn:
        return placeText(example);
    case WhenColumn:
        return timeText(timeOf(entry));
    case CountColumn:
        return countText(static_cast<std::int64_t>(m_found->entries[entry].findings.size()));
    case SeenColumn:
        return example.exposure == noTime ? notRecordedText() : QString::fromStdString(durationText(example.exposure));
    case BasisColumn:
        return basisText(example.evidence);
    case VerdictColumn:
        return verdictText(m_verdicts[entry]);
    default:
        return {};
    }
}

QVariant FindingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::uint32_t entry = entryOf(index.row());
    const Finding& example = m_found->example(entry);
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == LevelColumn
                   ? QStringLiteral("%1, %2").arg(levelText(example.level), weightText(example.weight))
                   : text(entry, index.column());
    case Qt::ToolTipRole:
        if (index.column() == LevelColumn)
            return QStringLiteral("%1 (%2)").arg(levelMeaning(example.level), weightText(example.weight));
        return text(entry, index.column()).toHtmlEscaped();
    case Qt::TextAlignmentRole:
        if (index.column() == CountColumn || index.column() == SeenColumn)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    case LevelRole:
        return static_cast<int>(example.level);
    case WeightRole:
        return static_cast<int>(example.weight);
    case VerdictRole:
        return static_cast<int>(m_verdicts[entry]);
    default:
        return {};
    }
}

QVariant FindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    struct Head {
        QString name;
        QString tip;
    };
    const auto head = [section]() -> Head {
        switch (section) {
        case LevelColumn:
            return {tr("Level"), tr("How much the word of the rule is worth; ranked by this and by how bad it is")};
        case RuleColumn:
            return {tr("Rule"), tr("The rule that fired")};
        case WhatColumn:
            return {tr("What"), tr("What was found, and the text that shows it")};
        case PlaceColumn:
            return {tr("Trace"), tr("The trace of the typical example")};
        case WhenColumn:
            return {tr("When (UTC)"), tr("When it was there to be seen, else when its span began")};
        case CountColumn:
            return {tr("Times"), tr("How often the same cause was found")};
        case SeenColumn:
            return {tr("In sight"), tr("How long a user had it in sight")};
        case BasisColumn:
            return {tr("Basis"), tr("Measured, declared by the source, or inferred by the rule")};
        case VerdictColumn:
            return {tr("Verdict"), tr("What was said of it")};
        default:
            return {};
        }
    }();
    return role == Qt::DisplayRole ? QVariant(head.name) : role == Qt::ToolTipRole ? QVariant(head.tip) : QVariant();
}

} // namespace arcscope
