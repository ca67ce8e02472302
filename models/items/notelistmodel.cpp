#include "notelistmodel.h"

#include "arcwords.h"
#include "displaytext.h"
#include "findingwords.h"
#include "notebook.h"
#include "viewchoice.h"

#include <algorithm>

namespace arcscope
{
namespace
{

QString kindTextOf(AnnotationKind kind)
{
    switch (kind) {
    case AnnotationKind::Note:
        return NoteListModel::tr("note");
    case AnnotationKind::Bookmark:
        return NoteListModel::tr("bookmark");
    case AnnotationKind::Range:
        return NoteListModel::tr("range");
    case AnnotationKind::Tag:
        break;
    }
    return NoteListModel::tr("tag");
}

/// The first place that the key of a finding names; ids with blanks in them are not found.
std::string placeInKey(const std::string& key)
{
    for (std::size_t at = 0; at < key.size();) {
        const std::size_t end = std::min(key.find(' ', at), key.size());
        const std::string word = key.substr(at, end - at);
        if (word.starts_with("cause:"))
            break;
        if (word.starts_with("trace:") || word.starts_with("span-row:"))
            return word;
        at = end + 1;
    }
    return {};
}

QString joined(const QString& a, const QString& b)
{
    return a.isEmpty() || b.isEmpty() ? a + b : a + QLatin1Char('\n') + b;
}

QString opinionText(ReplayOpinion opinion)
{
    switch (opinion) {
    case ReplayOpinion::Better:
        return NoteListModel::tr("better");
    case ReplayOpinion::Same:
        return NoteListModel::tr("same");
    case ReplayOpinion::Worse:
        return NoteListModel::tr("worse");
    case ReplayOpinion::Unsure:
        break;
    }
    return NoteListModel::tr("unsure");
}

std::vector<NoteEntry> entriesOf(const NoteBook& book)
{
    std::vector<NoteEntry> entries;
    for (const Annotation& each : book.annotations()) {
        NoteEntry entry;
        entry.kind = each.kind;
        entry.id = each.id;
        entry.kindText = kindTextOf(each.kind);
        entry.text = QString::fromStdString(each.body);
        entry.place = each.place;
        entry.part = parsePlacePart(each.part).value_or(PlacePart());
        entry.author = QString::fromStdString(each.author);
        entry.changed = each.changed;
        entries.push_back(std::move(entry));
    }
    for (const KeptVerdict& each : book.verdicts()) {
        NoteEntry entry;
        entry.of = NoteEntry::Of::Finding;
        entry.key = QString::fromStdString(each.finding);
        entry.kindText =
            each.verdict == FindingVerdict::Open ? NoteListModel::tr("note on a finding") : verdictText(each.verdict);
        entry.text = joined(QString::fromStdString(each.reason), QString::fromStdString(each.note));
        entry.place = placeInKey(each.finding);
        entry.changed = each.changed;
        entries.push_back(std::move(entry));
    }
    for (const ArcReview& each : book.arcDecisions().reviews) {
        NoteEntry entry;
        entry.of = NoteEntry::Of::Arc;
        entry.key = QString::fromStdString(each.arc);
        entry.kindText = each.outcome ? outcomeText(*each.outcome) : NoteListModel::tr("note on an arc");
        entry.text = QString::fromStdString(each.note);
        entry.place = placeOfArc(each.arc);
        entry.changed = each.changed;
        entries.push_back(std::move(entry));
    }
    for (const ReplayReview& each : book.replayDecisions().reviews) {
        NoteEntry entry;
        entry.of = NoteEntry::Of::Replay;
        entry.key = NoteEntry::keyOf(each);
        entry.kindText = each.opinion ? opinionText(*each.opinion) : NoteListModel::tr("note on a replay");
        entry.text = QString::fromStdString(each.note);
        entry.changed = each.changed;
        entries.push_back(std::move(entry));
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const NoteEntry& a, const NoteEntry& b) { return a.changed < b.changed; });
    return entries;
}

} // namespace

QString partText(const PlacePart& part)
{
    switch (part.of) {
    case PlacePart::Of::Whole:
        return {};
    case PlacePart::Of::Bytes:
        return NoteListModel::tr("bytes %1 to %2").arg(countText(part.from), countText(part.to));
    case PlacePart::Of::Event:
        return NoteListModel::tr("event %1").arg(countText(part.from));
    case PlacePart::Of::Time:
        break;
    }
    return NoteListModel::tr("%1 from %2")
        .arg(QString::fromStdString(durationText(part.to - part.from)), timeText(part.from));
}

NoteListModel::NoteListModel(AppState& state, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
{
    const NoteBook& book = state.notes();
    for (void (NoteBook::*const change)() :
         {&NoteBook::changed, &NoteBook::verdictsChanged, &NoteBook::arcsChanged, &NoteBook::replaysChanged})
        connect(&book, change, this, &NoteListModel::list);
    connect(&state, &AppState::corpusChanged, this, &NoteListModel::findAll);
    list();
}

void NoteListModel::list()
{
    beginResetModel();
    m_entries = entriesOf(m_state.notes());
    endResetModel();
    findAll();
}

void NoteListModel::findAll()
{
    if (m_revision != m_state.revision())
        m_found.clear(); // rows of another corpus
    m_revision = m_state.revision();
    std::vector<std::string> places;
    for (const NoteEntry& entry : m_entries) {
        if (!entry.place.empty() && !m_found.contains(QString::fromStdString(entry.place)))
            places.push_back(entry.place);
    }
    if (places.empty() || !m_state.isOpen())
        return;
    m_task.start([corpus = m_state.corpus(), places](const std::stop_token&) { return findPlaces(*corpus, places); },
                 [this, places, revision = m_revision](const std::vector<FoundPlace>& found) {
                     if (revision != m_state.revision())
                         return; // looked for again already
                     for (std::size_t i = 0; i < places.size(); ++i)
                         m_found.insert(QString::fromStdString(places[i]), found[i]);
                     if (!m_entries.empty())
                         emit dataChanged(index(0, PlaceColumn), index(rowCount() - 1, PlaceColumn));
                 });
}

int NoteListModel::rowOf(const QString& identity) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const NoteEntry& entry) { return entry.identity() == identity; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

FoundPlace NoteListModel::found(const NoteEntry& entry) const
{
    return m_revision == m_state.revision() ? m_found.value(QString::fromStdString(entry.place)) : FoundPlace();
}

QString NoteListModel::placeText(const NoteEntry& entry) const
{
    if (entry.of == NoteEntry::Of::Replay)
        return oneLine(entry.key.section(QLatin1Char('\n'), 0, 0).toStdString());
    QString where;
    const FoundPlace place = found(entry);
    const Corpus& corpus = *m_state.corpus();
    if (entry.place == corpusPlace) {
        where = tr("everything");
    } else if (const auto choice = parseViewChoice(entry.place); choice && choice->of != ViewChoice::Of::Nothing) {
        const QString what = choice->of == ViewChoice::Of::Arc       ? tr("arc %1")
                             : choice->of == ViewChoice::Of::Finding ? tr("finding %1")
                                                                     : tr("lens %1");
        where = what.arg(oneLine(choice->name, 80));
    } else if (place.trace) {
        const auto name = static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, *place.trace));
        where = oneLine(corpus.strings[StringId{name}], 60);
        if (where.isEmpty())
            where = oneLine(corpus.traceIdText(*place.trace), 60);
        if (place.row != noRow)
            where = tr("%1 in %2").arg(oneLine(corpus.text(SpanText::Name, place.row), 60), where);
    } else if (entry.of == NoteEntry::Of::Finding) {
        where = oneLine(entry.key.section(QLatin1Char(' '), 0, 0).toStdString(), 60);
    } else if (m_found.contains(QString::fromStdString(entry.place))) {
        where = tr("not here: %1").arg(oneLine(entry.place, 120));
    } else {
        where = oneLine(entry.place, 120);
    }
    const QString part = partText(entry.part);
    return part.isEmpty() ? where : tr("%1, %2").arg(where, part);
}

QString NoteListModel::text(const NoteEntry& entry, int column) const
{
    switch (column) {
    case KindColumn:
        return entry.kindText;
    case TextColumn:
        return oneLine(entry.text.toStdString());
    case PlaceColumn:
        return placeText(entry);
    case WhenColumn:
        return timeText(entry.changed);
    default:
        return entry.author.isEmpty() ? notRecordedText() : oneLine(entry.author.toStdString(), 60);
    }
}

int NoteListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int NoteListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NoteListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const NoteEntry& each = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(each, index.column());
    case Qt::ToolTipRole:
        return index.column() == TextColumn ? safeText(each.text.toStdString()) : text(each, index.column());
    case FilterRole: // all of a text, not only what is shown of it
        return index.column() == TextColumn ? each.text : text(each, index.column());
    case SortRole:
        if (index.column() == WhenColumn)
            return QVariant::fromValue<qlonglong>(each.changed);
        return text(each, index.column());
    default:
        return {};
    }
}

QVariant NoteListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn:
        return tr("Kind");
    case TextColumn:
        return tr("Text");
    case PlaceColumn:
        return tr("Place");
    case WhenColumn:
        return tr("Changed");
    case AuthorColumn:
        return tr("By");
    default:
        return {};
    }
}

} // namespace arcscope
