#include "arclistmodel.h"

#include "arcwords.h"
#include "displaytext.h"
#include "stopwords.h"

namespace arcscope
{
namespace
{

constexpr ArcListColumn columnAt(int section)
{
    return static_cast<ArcListColumn>(section);
}

bool isNumber(ArcListColumn column)
{
    switch (column) {
    case ArcListColumn::Turns:
    case ArcListColumn::Tools:
    case ArcListColumn::Cost:
    case ArcListColumn::Findings:
    case ArcListColumn::Duration:
    case ArcListColumn::Sessions:
    case ArcListColumn::Stitches:
        return true;
    default:
        return false;
    }
}

QString numberText(std::int64_t value)
{
    return value < 0 ? notRecordedText() : countText(value);
}

} // namespace

void ArcListModel::setListing(ListingPtr listing)
{
    beginResetModel();
    m_listing = std::move(listing);
    endResetModel();
}

std::optional<std::uint32_t> ArcListModel::arcAt(int line) const
{
    if (!m_listing || line < 0 || line >= rowCount())
        return std::nullopt;
    const ArcLine& at = m_listing->lines[static_cast<std::size_t>(line)];
    return at.heading ? std::nullopt : std::optional(at.index);
}

const ArcListGroup* ArcListModel::groupAt(int line) const
{
    if (!m_listing || line < 0 || line >= rowCount())
        return nullptr;
    const ArcLine& at = m_listing->lines[static_cast<std::size_t>(line)];
    return at.heading ? &m_listing->groups[at.index] : nullptr;
}

int ArcListModel::lineOf(std::uint32_t arc) const
{
    return m_listing && arc < m_listing->places.size() ? m_listing->places[arc] : -1;
}

int ArcListModel::nextArcLine(int line, int step) const
{
    for (int at = line + step; at >= 0 && at < rowCount(); at += step) {
        if (arcAt(at))
            return at;
    }
    return -1;
}

int ArcListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_listing ? 0 : static_cast<int>(m_listing->lines.size());
}

int ArcListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : arcListColumnCount;
}

Qt::ItemFlags ArcListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QString ArcListModel::text(std::uint32_t arc, ArcListColumn column) const
{
    const FoundArcs& arcs = of();
    switch (column) {
    case ArcListColumn::Task:
        return oneLine(arcs.task(arc), 120);
    case ArcListColumn::Goal:
        return goalText(arcs, arc);
    case ArcListColumn::Outcome: {
        const QString outcome = outcomeText(arcs.outcome(arc));
        return arcs.source(arc) == ArcSource::Rule ? tr("%1, inferred").arg(outcome) : outcome;
    }
    case ArcListColumn::Turns:
        return numberText(arcs.at(ArcColumn::Turns, arc));
    case ArcListColumn::Tools:
        return numberText(arcs.at(ArcColumn::ToolCalls, arc));
    case ArcListColumn::Cost:
        return arcCost(arcs, arc);
    case ArcListColumn::Findings:
        return m_listing->findings.empty() ? notRecordedText() : countText(m_listing->findings[arc]);
    case ArcListColumn::Start:
        return timeText(arcs.at(ArcColumn::Start, arc)).left(19);
    case ArcListColumn::Duration: {
        const Nanos length = arcs.at(ArcColumn::Duration, arc);
        return length < 0 ? notRecordedText() : QString::fromStdString(durationText(length));
    }
    case ArcListColumn::Sessions:
        return numberText(arcs.at(ArcColumn::Sessions, arc));
    case ArcListColumn::Stitches: {
        const std::int64_t stitches = arcs.at(ArcColumn::Stitches, arc);
        return stitches == 0 ? QString() : countText(stitches);
    }
    default:
        return {}; // the ribbon is drawn
    }
}

/// What a screen reader says where a picture or a number stands.
QString ArcListModel::spoken(std::uint32_t arc, ArcListColumn column) const
{
    const FoundArcs& arcs = of();
    switch (column) {
    case ArcListColumn::Task:
        return arcName(arcs, arc);
    case ArcListColumn::Ribbon:
        return tr("%1, %2").arg(counted(arcs.at(ArcColumn::Events, arc), tr("%1 step"), tr("%1 steps")),
                                counted(arcs.at(ArcColumn::Segments, arc), tr("%1 stretch"), tr("%1 stretches")));
    case ArcListColumn::Outcome:
        return outcomeWithSource(arcs, arc);
    default:
        return QStringLiteral("%1: %2").arg(columnTitle(column), text(arc, column));
    }
}

QString ArcListModel::headingText(const ArcListGroup& group, ArcListColumn column) const
{
    switch (column) {
    case ArcListColumn::Task:
        return groupText(*m_listing, group);
    case ArcListColumn::Goal:
        return tr("%1 shown").arg(shareOfArcs(group.arcs, m_listing->shown.size()));
    case ArcListColumn::Turns: {
        ArcSums sums;
        for (const ArcSums& each : group.outcomes) {
            sums.sums[static_cast<std::size_t>(ArcMeasure::Turns)] +=
                each.sums[static_cast<std::size_t>(ArcMeasure::Turns)];
            sums.recorded[static_cast<std::size_t>(ArcMeasure::Turns)] +=
                each.recorded[static_cast<std::size_t>(ArcMeasure::Turns)];
        }
        return sumText(*m_listing, sums, ArcMeasure::Turns);
    }
    default:
        return {};
    }
}

QVariant ArcListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ArcListColumn column = columnAt(index.column());
    const ArcLine& line = m_listing->lines[static_cast<std::size_t>(index.row())];
    if (role == HeadingRole)
        return line.heading;
    if (line.heading) {
        const ArcListGroup& group = m_listing->groups[line.index];
        if (role == ArcRole)
            return -1;
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return headingText(group, column);
        if (role == Qt::TextAlignmentRole && isNumber(column))
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    }
    switch (role) {
    case ArcRole:
        return line.index;
    case OutcomeRole:
        return static_cast<int>(of().outcome(line.index));
    case SourceRole:
        return static_cast<int>(of().source(line.index));
    case Qt::DisplayRole:
        ++m_touched;
        return text(line.index, column);
    case Qt::ToolTipRole:
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
            .arg(arcDetails(of(), line.index).toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return spoken(line.index, column);
    case Qt::AccessibleDescriptionRole:
        return arcSummary(of(), line.index);
    case Qt::TextAlignmentRole:
        return isNumber(column) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QVariant ArcListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= arcListColumnCount)
        return {};
    const ArcListColumn column = columnAt(section);
    if (role == Qt::DisplayRole)
        return columnTitle(column);
    if (role == Qt::TextAlignmentRole && isNumber(column))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case ArcListColumn::Goal:
        return tr("The beginning of the first request");
    case ArcListColumn::Ribbon:
        return tr("What happened from the request to the end, each arc to its own scale");
    case ArcListColumn::Turns:
        return tr("Turns of users");
    case ArcListColumn::Tools:
        return tr("Tool calls");
    case ArcListColumn::Cost:
        return tr("As the source states it; else by the price table that is loaded, where it prices all calls");
    case ArcListColumn::Findings:
        return tr("Findings in the traces of the arc");
    case ArcListColumn::Stitches:
        return tr("Arcs that may be the same piece of work: proposed, and not decided");
    default:
        return {};
    }
}

void ArcListModel::sort(int column, Qt::SortOrder order)
{
    if (column >= 0 && column < arcListColumnCount)
        emit sortRequested(columnAt(column), order == Qt::DescendingOrder);
}

QString columnTitle(ArcListColumn column)
{
    switch (column) {
    case ArcListColumn::Task:
        return ArcListModel::tr("Task");
    case ArcListColumn::Goal:
        return ArcListModel::tr("Goal");
    case ArcListColumn::Ribbon:
        return ArcListModel::tr("Arc");
    case ArcListColumn::Outcome:
        return ArcListModel::tr("Outcome");
    case ArcListColumn::Turns:
        return ArcListModel::tr("Turns");
    case ArcListColumn::Tools:
        return ArcListModel::tr("Tools");
    case ArcListColumn::Cost:
        return ArcListModel::tr("Cost");
    case ArcListColumn::Findings:
        return ArcListModel::tr("Findings");
    case ArcListColumn::Start:
        return ArcListModel::tr("Started (UTC)");
    case ArcListColumn::Duration:
        return ArcListModel::tr("Length");
    case ArcListColumn::Sessions:
        return ArcListModel::tr("Sessions");
    default:
        return ArcListModel::tr("Stitches");
    }
}

QString measureText(ArcMeasure measure)
{
    switch (measure) {
    case ArcMeasure::Arcs:
        return ArcListModel::tr("Arcs");
    case ArcMeasure::Turns:
        return ArcListModel::tr("Turns");
    case ArcMeasure::Active:
        return ArcListModel::tr("Active time");
    case ArcMeasure::Tokens:
        return ArcListModel::tr("Tokens");
    case ArcMeasure::Cost:
        break;
    }
    return ArcListModel::tr("Cost");
}

QString troubleText(ArcTrouble trouble)
{
    switch (trouble) {
    case ArcTrouble::ReAsked:
        return ArcListModel::tr("retried");
    case ArcTrouble::HandedOver:
        return ArcListModel::tr("handed over");
    case ArcTrouble::Frustrated:
        return ArcListModel::tr("frustration");
    case ArcTrouble::Stitches:
        return ArcListModel::tr("stitch proposed");
    case ArcTrouble::SeveralSessions:
        return ArcListModel::tr("several sessions");
    case ArcTrouble::NotReviewed:
        break;
    }
    return ArcListModel::tr("not reviewed");
}

QString troubleMeaning(ArcTrouble trouble)
{
    switch (trouble) {
    case ArcTrouble::ReAsked:
        return ArcListModel::tr("Something was asked again, regenerated or corrected");
    case ArcTrouble::HandedOver:
        return ArcListModel::tr("A person was asked for, or took over");
    case ArcTrouble::Frustrated:
        return ArcListModel::tr("Words of the user tell of frustration: a signal, no verdict");
    case ArcTrouble::Stitches:
        return ArcListModel::tr("Another arc may be the same piece of work");
    case ArcTrouble::SeveralSessions:
        return ArcListModel::tr("The work goes over several sessions or devices");
    case ArcTrouble::NotReviewed:
        break;
    }
    return ArcListModel::tr("Nobody has said what became of it");
}

QString groupText(const ArcListing& listing, const ArcListGroup& group)
{
    if (listing.order.grouping.by == ArcListGrouping::By::Outcome)
        return QString(outcomeSign(group.outcome)) + QLatin1Char(' ') + outcomeText(group.outcome);
    return group.name.empty() ? ArcListModel::tr("not recorded") : oneLine(group.name, 120);
}

QString shareOfArcs(std::uint64_t count, std::uint64_t of)
{
    return of == 0 ? counted(0, ArcListModel::tr("%1 arc"), ArcListModel::tr("%1 arcs"))
                   : ArcListModel::tr("%1 of %2 (%3)")
                         .arg(countText(static_cast<qint64>(count)),
                              counted(static_cast<qint64>(of), ArcListModel::tr("%1 arc"), ArcListModel::tr("%1 arcs")),
                              shareText(count, of));
}

QString sumText(const ArcListing& listing, const ArcSums& sums, ArcMeasure measure)
{
    const auto at = static_cast<std::size_t>(measure);
    if (measure == ArcMeasure::Arcs)
        return countText(static_cast<qint64>(sums.arcs));
    if (sums.recorded[at] == 0)
        return notRecordedText();
    if (measure == ArcMeasure::Active)
        return QString::fromStdString(durationText(sums.sums[at]));
    if (measure != ArcMeasure::Cost)
        return countText(sums.sums[at]);
    if (!listing.costed)
        return notRecordedText();
    std::string_view currency;
    for (const std::uint32_t arc : listing.shown) {
        currency = listing.of->tag(SpanText::Currency, arc);
        if (!currency.empty())
            break;
    }
    return costText(sums.sums[at], currency);
}

} // namespace arcscope
