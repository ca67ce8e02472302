#include "lenstablemodel.h"

#include "displaytext.h"
#include "lenstext.h"

namespace arcscope
{
namespace
{

QVariant sortKey(const LensCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return QString::fromStdString(*text);
    if (const auto* number = std::get_if<LensNumber>(&cell))
        return number->value;
    if (const auto* share = std::get_if<LensShare>(&cell))
        return share->value();
    if (const auto* money = std::get_if<LensMoney>(&cell))
        return static_cast<double>(money->micros);
    if (const auto* time = std::get_if<LensTime>(&cell); time && time->at != noTime)
        return static_cast<qlonglong>(time->at);
    return {};
}

bool isNumber(const LensTable& table, int column)
{
    for (const LensRow& row : table.rows) {
        const LensCell& cell = row.cells[static_cast<std::size_t>(column)];
        if (!std::holds_alternative<std::monostate>(cell))
            return !std::holds_alternative<std::string>(cell);
    }
    return false;
}

} // namespace

void LensTableModel::setResult(LensResultPtr result)
{
    beginResetModel();
    m_result = std::move(result);
    endResetModel();
}

const std::vector<Row>& LensTableModel::spansOf(int row) const
{
    return m_result->table.rows[static_cast<std::size_t>(row)].spans;
}

QString LensTableModel::lineText(int row) const
{
    QStringList parts;
    for (int column = 0; column < columnCount(); ++column)
        parts << headerData(column, Qt::Horizontal).toString() + QLatin1Char(' ') + data(index(row, column)).toString();
    return parts.join(QStringLiteral(", "));
}

int LensTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_result ? 0 : static_cast<int>(m_result->table.rows.size());
}

int LensTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_result ? 0 : static_cast<int>(m_result->table.columns.size());
}

const LensCell& LensTableModel::cell(const QModelIndex& index) const
{
    return m_result->table.rows[static_cast<std::size_t>(index.row())].cells[static_cast<std::size_t>(index.column())];
}

QVariant LensTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(textOf(cell(index)), 200);
    case Qt::ToolTipRole:
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
            .arg(safeText(textOf(cell(index))).left(2'000).toHtmlEscaped());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (isNumber(m_result->table, index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case SortRole:
        return sortKey(cell(index));
    case SpansRole:
        return static_cast<qlonglong>(spansOf(index.row()).size());
    default:
        return {};
    }
}

QVariant LensTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || !m_result)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((isNumber(m_result->table, section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    return oneLine(m_result->table.columns[static_cast<std::size_t>(section)].title, 60);
}

} // namespace arcscope
