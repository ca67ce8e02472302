#include "tabletext.h"

#include "displaytext.h"

#include <QStringList>

namespace arcscope
{
namespace
{

QString plain(QString text)
{
    return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\t'), QLatin1Char(' '));
}

QString literal(const QString& text)
{
    return markdownText(plain(text));
}

template <typename Cell>
QStringList header(const QAbstractItemModel& model, Cell cell)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << cell(model.headerData(column, Qt::Horizontal).toString());
    return cells;
}

template <typename Cell>
QStringList cellsOf(const QAbstractItemModel& model, int row, Cell cell)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << cell(model.index(row, column).data().toString());
    return cells;
}

} // namespace

QString tableTsv(const QAbstractItemModel& model)
{
    QStringList lines{header(model, plain).join(QLatin1Char('\t'))};
    for (int row = 0; row < model.rowCount(); ++row)
        lines << cellsOf(model, row, plain).join(QLatin1Char('\t'));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString tableMarkdown(const QAbstractItemModel& model)
{
    const auto line = [](const QStringList& cells) {
        return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |");
    };
    QStringList rules;
    for (int column = 0; column < model.columnCount(); ++column) {
        const int alignment = model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
        rules << ((alignment & Qt::AlignRight) != 0 ? QStringLiteral("--:") : QStringLiteral("---"));
    }
    QStringList lines{line(header(model, literal)), line(rules)};
    for (int row = 0; row < model.rowCount(); ++row)
        lines << line(cellsOf(model, row, literal));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QMimeData* tableMime(const QAbstractItemModel& model)
{
    auto* mime = new QMimeData;
    mime->setText(tableTsv(model));
    mime->setData(QStringLiteral("text/tab-separated-values"), tableTsv(model).toUtf8());
    mime->setData(QStringLiteral("text/markdown"), tableMarkdown(model).toUtf8());
    return mime;
}

} // namespace arcscope
