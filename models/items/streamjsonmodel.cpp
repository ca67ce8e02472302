#include "streamjsonmodel.h"

#include "displaytext.h"
#include "streamfindingmodel.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Beyond so many rows at once the model is told anew.
constexpr JsonIndex mostSteps = 2'000;
constexpr int longestValue = 400;

} // namespace

StreamJsonModel::StreamJsonModel(QObject* parent)
    : QAbstractItemModel(parent)
{
}

void StreamJsonModel::setJson(std::shared_ptr<const StreamSubject> subject, const StreamJson* json)
{
    beginResetModel();
    m_subject = std::move(subject);
    m_json = json;
    const std::size_t count = json ? json->story.nodes().size() : 0;
    m_children.assign(count, {});
    for (JsonIndex i = 1; i < static_cast<JsonIndex>(count); ++i)
        m_children[static_cast<std::size_t>(json->story.node(i).parent)].push_back(i);
    m_shown.assign(count, 0);
    m_present = 0;
    m_bytes = 0;
    endResetModel();
}

void StreamJsonModel::showAt(std::uint32_t event)
{
    if (!m_json)
        return;
    const std::int64_t before = m_bytes;
    m_bytes = m_json->bytesAt(event);
    if (before == m_bytes)
        return;
    const JsonIndex present = jsonAt(m_json->story, m_bytes).present;
    if (present - m_present > mostSteps || m_present - present > mostSteps) {
        beginResetModel();
        m_present = present;
        m_shown.assign(m_shown.size(), 0);
        for (JsonIndex i = 1; i < present; ++i)
            ++m_shown[static_cast<std::size_t>(m_json->story.node(i).parent)];
        endResetModel();
        return;
    }
    while (m_present > present)
        removeLast();
    while (m_present < present)
        insertNext();
    // Of rows that were there before and are now, only values that were open then have changed.
    for (const JsonIndex open : jsonAt(m_json->story, std::min(before, m_bytes)).open) {
        if (open < m_present)
            emit dataChanged(indexOf(open), indexOf(open).siblingAtColumn(ColumnCount - 1));
    }
    // And, as the document becomes whole or is no longer, those that its schema does not allow.
    const auto document = static_cast<std::size_t>(m_json - m_subject->json.data());
    if (document < m_subject->checks.size()) {
        for (const SchemaViolation& violation : m_subject->checks[document].violations) {
            if (violation.node < m_present)
                emit dataChanged(indexOf(violation.node), indexOf(violation.node));
        }
    }
}

void StreamJsonModel::insertNext()
{
    const JsonNode& node = m_json->story.node(m_present);
    beginInsertRows(node.parent < 0 ? QModelIndex() : indexOf(node.parent), node.ordinal, node.ordinal);
    if (node.parent >= 0)
        ++m_shown[static_cast<std::size_t>(node.parent)];
    ++m_present;
    endInsertRows();
}

void StreamJsonModel::removeLast()
{
    const JsonNode& node = m_json->story.node(m_present - 1);
    beginRemoveRows(node.parent < 0 ? QModelIndex() : indexOf(node.parent), node.ordinal, node.ordinal);
    if (node.parent >= 0)
        --m_shown[static_cast<std::size_t>(node.parent)];
    --m_present;
    endRemoveRows();
}

QString StreamJsonModel::stateText() const
{
    if (!m_json)
        return {};
    const JsonPrefix& prefix = m_json->story.prefix();
    const bool all = m_bytes >= prefix.bytes();
    if (prefix.fault() && m_bytes > prefix.fault()->byte)
        return tr("%1 byte %2: expected %3")
            .arg(prefix.state() == JsonState::Trailing ? tr("text behind the document at") : tr("invalid at"),
                 countText(prefix.fault()->byte), QString::fromStdString(prefix.fault()->expected));
    if (!all)
        return tr("valid so far");
    if (prefix.state() != JsonState::Complete)
        return tr("it ends before it is complete");
    const DocumentCheck* const schema = check();
    if (!schema)
        return tr("complete");
    if (!schema->violations.empty())
        return tr("complete; %1")
            .arg(counted(static_cast<std::int64_t>(schema->violations.size()),
                         tr("%1 thing is not what its schema asks for"),
                         tr("%1 things are not what its schema asks for")));
    return schema->notChecked.empty() ? tr("complete, as its schema asks")
                                      : tr("complete, as its schema asks as far as it could be checked");
}

const DocumentCheck* StreamJsonModel::check() const
{
    const auto index = static_cast<std::size_t>(m_json - m_subject->json.data());
    const bool whole = m_bytes >= m_json->story.prefix().bytes();
    return whole && index < m_subject->checks.size() && m_subject->checks[index].checked ? &m_subject->checks[index]
                                                                                         : nullptr;
}

QString StreamJsonModel::violationOf(JsonIndex of) const
{
    QStringList lines;
    if (const DocumentCheck* const schema = check()) {
        for (const SchemaViolation& violation : schema->violations) {
            if (violation.node == of)
                lines << tr("expected %1, found %2").arg(oneLine(violation.expected), oneLine(violation.found));
        }
    }
    return lines.join(QStringLiteral("; "));
}

const JsonNode& StreamJsonModel::node(const QModelIndex& index) const
{
    return m_json->story.node(static_cast<JsonIndex>(index.internalId()));
}

QModelIndex StreamJsonModel::indexOf(JsonIndex of) const
{
    return createIndex(m_json->story.node(of).ordinal, 0, static_cast<quintptr>(of));
}

QModelIndex StreamJsonModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, quintptr{0});
    const JsonIndex child = m_children[static_cast<std::size_t>(parent.internalId())][static_cast<std::size_t>(row)];
    return createIndex(row, column, static_cast<quintptr>(child));
}

QModelIndex StreamJsonModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || node(child).parent < 0)
        return {};
    return indexOf(node(child).parent);
}

int StreamJsonModel::rowCount(const QModelIndex& parent) const
{
    if (!m_json || parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return m_present > 0 ? 1 : 0;
    return m_shown[static_cast<std::size_t>(parent.internalId())];
}

int StreamJsonModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString StreamJsonModel::nameOf(JsonIndex index) const
{
    const JsonNode& of = m_json->story.node(index);
    QString text = oneLine(of.key, 80);
    if (of.parent < 0)
        text = tr("document");
    else if (of.keyAt < 0)
        text = QStringLiteral("[%1]").arg(of.ordinal);
    else if (of.duplicateKey)
        text = tr("%1 (again)").arg(text);
    return violationOf(index).isEmpty() ? text : QStringLiteral("! ") + text;
}

QString StreamJsonModel::valueOf(JsonIndex of) const
{
    const JsonNode& value = m_json->story.node(of);
    if (value.kind == JsonKind::Object || value.kind == JsonKind::Array) {
        const int count = m_shown[static_cast<std::size_t>(of)];
        return value.kind == JsonKind::Object ? counted(count, tr("%1 member"), tr("%1 members"))
                                              : counted(count, tr("%1 element"), tr("%1 elements"));
    }
    const std::string text = valueAt(m_json->story, of, m_bytes);
    return value.kind == JsonKind::String ? QStringLiteral("\u201c%1\u201d").arg(oneLine(text, longestValue))
                                          : oneLine(text, longestValue);
}

QString StreamJsonModel::momentOf(std::int64_t byte) const
{
    return momentText(*m_subject->timeline, m_json->eventOf(byte));
}

QVariant StreamJsonModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const JsonNode& of = node(index);
    const bool open = stateAt(of, m_bytes) == JsonNodeState::Open;
    if (role == OpenRole)
        return open;
    if (role == Qt::ToolTipRole) {
        const auto at = static_cast<JsonIndex>(index.internalId());
        const QString pointer = QString::fromStdString(jsonPointer(m_json->story, at));
        const QString violation = violationOf(at);
        return (violation.isEmpty() ? pointer : pointer + QStringLiteral(": ") + violation).toHtmlEscaped();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return nameOf(static_cast<JsonIndex>(index.internalId()));
    case ValueColumn:
        return valueOf(static_cast<JsonIndex>(index.internalId())) + (open ? QStringLiteral(" \u2026") : QString());
    case UsableColumn:
        return usableAt(of, m_bytes) ? momentOf(of.usable) : QString();
    case ClosedColumn:
        return open ? QString() : momentOf(of.closed);
    default:
        return of.changes > 0 ? QVariant(of.changes) : QVariant();
    }
}

QVariant StreamJsonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    static const struct {
        const char* title;
        const char* tip;
    } columns[] = {{QT_TR_NOOP("Path"), QT_TR_NOOP("Members and elements in the order in which they came")},
                   {QT_TR_NOOP("Value"), QT_TR_NOOP("As far as it had come at the playhead; \u2026: more may come")},
                   {QT_TR_NOOP("Usable"), QT_TR_NOOP("When there was the first of it to use")},
                   {QT_TR_NOOP("Closed"), QT_TR_NOOP("When it was known to be whole")},
                   {QT_TR_NOOP("Changes"), QT_TR_NOOP("How many chunks changed it after it could be used")}};
    if (section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(columns[section].title);
    return role == Qt::ToolTipRole ? tr(columns[section].tip) : QVariant();
}

} // namespace arcscope
