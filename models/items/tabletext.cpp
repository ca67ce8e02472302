#include "tabletext.h"

#include "displaytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace arcscope
{
namespace
{

QString plain(QString text)
{
    return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\t'), QLatin1Char(' '));
}

/// A cell of a sheet: one that would be read as a formula begins with an apostrophe, which sheets take for "text".
/// Numbers and times with a sign are none.
QString sheetCell(const QString& text)
{
    const QString cell = plain(text);
    static const QRegularExpression formula(QStringLiteral("^\\s*[=@+-]"));
    static const QRegularExpression amount(
        QStringLiteral("^\\s*[+-]?\\d[\\d.,]*(\\s?[a-zµ%]{1,3}(\\s\\d[\\d.,]*\\s?[a-zµ]{1,3})*)?\\s*$"));
    const bool harmless = cell.trimmed().size() < 2 || amount.match(cell).hasMatch();
    return !harmless && formula.match(cell).hasMatch() ? QLatin1Char('\'') + cell : cell;
}

QString literal(const QString& text)
{
    return markdownText(plain(text));
}

QList<int> allColumns(const QAbstractItemModel& model)
{
    QList<int> columns;
    for (int column = 0; column < model.columnCount(); ++column)
        columns << column;
    return columns;
}

CopiedTable headed(const QAbstractItemModel& model, const QList<int>& columns)
{
    CopiedTable table;
    for (const int column : columns) {
        table.header << model.headerData(column, Qt::Horizontal).toString();
        const int alignment = model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
        table.toTheRight << ((alignment & Qt::AlignRight) != 0);
    }
    return table;
}

CopiedTable::Line lineAt(const QModelIndex& row, const QList<int>& columns, int depth)
{
    CopiedTable::Line line{depth, {}};
    for (const int column : columns)
        line.cells << row.siblingAtColumn(column).data().toString();
    return line;
}

void addBelow(const QAbstractItemModel& model, const QModelIndex& parent, const QList<int>& columns, int depth,
              int most, CopiedTable& table)
{
    const int rows = model.rowCount(parent);
    for (int row = 0; row < rows; ++row) {
        if (table.lines.size() >= most) {
            table.leftOut += rows - row;
            return;
        }
        const QModelIndex index = model.index(row, 0, parent);
        table.lines << lineAt(index, columns, depth);
        if (model.hasChildren(index))
            addBelow(model, index, columns, depth + 1, most, table);
    }
}

QString indented(const QString& text, int depth)
{
    return QStringLiteral("  ").repeated(depth) + text;
}

} // namespace

CopiedTable copiedTable(const QAbstractItemModel& model, const QList<int>& columns, int most)
{
    const QList<int> shown = columns.isEmpty() ? allColumns(model) : columns;
    CopiedTable table = headed(model, shown);
    addBelow(model, {}, shown, 0, most, table);
    return table;
}

CopiedTable copiedRows(const QModelIndexList& rows, const QList<int>& columns)
{
    if (rows.isEmpty())
        return {};
    const QAbstractItemModel& model = *rows.first().model();
    const QList<int> shown = columns.isEmpty() ? allColumns(model) : columns;
    CopiedTable table = headed(model, shown);
    for (const QModelIndex& row : rows)
        table.lines << lineAt(row, shown, 0);
    return table;
}

QString tableTsv(const CopiedTable& table)
{
    QStringList names;
    for (const QString& name : table.header)
        names << plain(name);
    QString text = names.join(QLatin1Char('\t')) + QLatin1Char('\n');
    for (const CopiedTable::Line& line : table.lines) {
        QStringList cells;
        for (const QString& cell : line.cells)
            cells << (cells.isEmpty() ? indented(sheetCell(cell), line.depth) : sheetCell(cell));
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

QString tableMarkdown(const CopiedTable& table)
{
    const auto line = [](const QStringList& cells) {
        return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
    };
    QString text;
    if (!table.title.isEmpty())
        text += QStringLiteral("**%1**\n\n").arg(literal(table.title));
    QStringList names;
    QStringList rules;
    for (qsizetype column = 0; column < table.header.size(); ++column) {
        names << literal(table.header[column]);
        rules << (table.toTheRight[column] ? QStringLiteral("--:") : QStringLiteral("---"));
    }
    text += line(names) + line(rules);
    for (const CopiedTable::Line& one : table.lines) {
        QStringList cells;
        for (const QString& cell : one.cells)
            cells << (cells.isEmpty() ? QStringLiteral("\u2003").repeated(one.depth) + literal(cell) : literal(cell));
        text += line(cells);
    }
    if (table.leftOut > 0)
        text +=
            QStringLiteral("\n") +
            counted(table.leftOut, QObject::tr("%1 more line is left out"), QObject::tr("%1 more lines are left out")) +
            QStringLiteral("\n");
    if (!table.about.isEmpty())
        text += QStringLiteral("\n%1\n").arg(literal(table.about));
    return text;
}

QByteArray tableJson(const CopiedTable& table)
{
    QStringList names;
    for (const QString& name : table.header) {
        QString only = plain(name);
        for (int number = 2; names.contains(only); ++number)
            only = QStringLiteral("%1 %2").arg(plain(name)).arg(number);
        names << only;
    }
    QJsonArray rows;
    for (const CopiedTable::Line& line : table.lines) {
        QJsonObject row;
        for (qsizetype column = 0; column < names.size(); ++column)
            row.insert(names[column], line.cells[column]);
        if (line.depth > 0)
            row.insert(QStringLiteral("depth"), line.depth);
        rows.append(row);
    }
    QJsonObject json{{QStringLiteral("schema"), QStringLiteral("arcscope.table/1")},
                     {QStringLiteral("columns"), QJsonArray::fromStringList(names)},
                     {QStringLiteral("rows"), rows},
                     {QStringLiteral("left_out"), table.leftOut}};
    if (!table.title.isEmpty())
        json.insert(QStringLiteral("title"), table.title);
    if (!table.about.isEmpty())
        json.insert(QStringLiteral("from"), table.about);
    return QJsonDocument(json).toJson();
}

QMimeData* tableMime(const CopiedTable& table)
{
    auto* mime = new QMimeData;
    mime->setText(tableTsv(table));
    mime->setData(QStringLiteral("text/tab-separated-values"), tableTsv(table).toUtf8());
    mime->setData(QStringLiteral("text/markdown"), tableMarkdown(table).toUtf8());
    mime->setData(QStringLiteral("application/json"), tableJson(table));
    return mime;
}

QString tableTsv(const QAbstractItemModel& model)
{
    return tableTsv(copiedTable(model));
}

QString tableMarkdown(const QAbstractItemModel& model)
{
    return tableMarkdown(copiedTable(model));
}

QMimeData* tableMime(const QAbstractItemModel& model)
{
    return tableMime(copiedTable(model));
}

} // namespace arcscope
