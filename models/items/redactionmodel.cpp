#include "redactionmodel.h"

#include "displaytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

namespace arcscope
{

namespace
{

/// A value with where it is looked for, if that is not everywhere.
QString withReach(const QString& value, const QJsonValue& reach)
{
    if (reach == QLatin1String("whole words"))
        return RedactionModel::tr("%1, as a whole word").arg(value);
    return reach == QLatin1String("its field") ? RedactionModel::tr("%1, in its field only").arg(value) : value;
}

} // namespace

bool RedactionModel::setPreview(const QByteArray& json)
{
    const QJsonObject preview = QJsonDocument::fromJson(json).object();
    const bool known = preview.value(QLatin1String("schema")) == QLatin1String("arcscope.redaction/1");
    beginResetModel();
    m_rows.clear();
    m_fields.clear();
    m_places = m_spans = m_traces = 0;
    m_naming = -1;
    m_namingSpans.clear();
    if (known) {
        for (const QJsonValue& one : preview.value(QLatin1String("values")).toArray())
            m_rows.push_back({one[QLatin1String("rule")].toString(),
                              withReach(one[QLatin1String("value")].toString(), one[QLatin1String("looked_for")]),
                              one[QLatin1String("times")].toInteger()});
        std::stable_sort(m_rows.begin(), m_rows.end(), [](const Removed& a, const Removed& b) {
            return a.rule != b.rule ? a.rule < b.rule : a.times > b.times;
        });
        QMap<QString, qint64> fields;
        for (const QJsonValue& one : preview.value(QLatin1String("places")).toArray())
            fields[one[QLatin1String("place")].toString()] += one[QLatin1String("times")].toInteger();
        for (auto field = fields.cbegin(); field != fields.cend(); ++field)
            m_fields.emplace_back(field.value(), field.key());
        std::stable_sort(m_fields.begin(), m_fields.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        m_places = preview.value(QLatin1String("struck")).toInteger();
        m_spans = preview.value(QLatin1String("spans")).toInteger();
        m_traces = preview.value(QLatin1String("traces")).toInteger();
        if (const QJsonValue naming = preview.value(QLatin1String("named_in")); naming.isArray()) {
            m_naming = naming.toArray().size();
            for (const QJsonValue& one : naming.toArray())
                m_namingSpans << tr("%1 (span %2 of trace %3)")
                                     .arg(oneLine(one[QLatin1String("name")].toString().toStdString(), 60),
                                          oneLine(one[QLatin1String("span")].toString().toStdString(), 40),
                                          oneLine(one[QLatin1String("trace")].toString().toStdString(), 40));
        }
    }
    endResetModel();
    return known;
}

void RedactionModel::clear()
{
    setPreview({});
}

QString RedactionModel::placesText(int most) const
{
    QStringList parts;
    for (const auto& [times, name] : m_fields) {
        if (parts.size() == most)
            break;
        parts << QStringLiteral("%1 (%2)").arg(oneLine(name.toStdString(), 60), countText(times));
    }
    if (static_cast<qsizetype>(m_fields.size()) > parts.size())
        parts << tr("and %1 more").arg(static_cast<qsizetype>(m_fields.size()) - parts.size());
    return parts.join(QStringLiteral(", "));
}

QString RedactionModel::namingText(int most) const
{
    QStringList parts = m_namingSpans.mid(0, most);
    if (m_namingSpans.size() > parts.size())
        parts << tr("and %1 more").arg(m_namingSpans.size() - parts.size());
    return parts.join(QStringLiteral(", "));
}

int RedactionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RedactionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RedactionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Removed& removed = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() == TimesColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case RuleColumn:
        return oneLine(removed.rule.toStdString(), 120);
    case ValueColumn:
        return oneLine(removed.value.toStdString(), 200);
    case TimesColumn:
        return role == Qt::DisplayRole ? countText(removed.times) : QString();
    default:
        return {};
    }
}

QVariant RedactionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == TimesColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RuleColumn:
        return tr("Rule");
    case ValueColumn:
        return tr("Value");
    case TimesColumn:
        return tr("Places");
    default:
        return {};
    }
}

} // namespace arcscope
