#include "findingrules.h"

#include "findingwords.h"
#include "rulemeasures.h"
#include "tablestyle.h"

#include <QEvent>
#include <QHeaderView>
#include <QResizeEvent>

namespace arcscope
{
namespace
{

enum FindingRulesColumn { RuleColumn, AboutColumn, MeasuredColumn, columns };

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

FindingRules::FindingRules(QWidget* parent)
    : QTableWidget(0, columns, parent)
{
    setUpTable(*this, tr("Rules that were looked for"));
    setHorizontalHeaderLabels({tr("Rule"), tr("What it looks for"), tr("Measured")});
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming and going would wrap all texts anew
    setWordWrap(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QString kinds = tr("In brackets: the interval that holds the share in 95 of 100 such sets.");
    for (int kind = 0; kind < measureKindCount; ++kind)
        kinds +=
            QStringLiteral("<br><b>%1</b>: %2")
                .arg(textOf(name(static_cast<MeasureKind>(kind))), textOf(meaning(static_cast<MeasureKind>(kind))));
    horizontalHeaderItem(MeasuredColumn)->setToolTip(kinds);
    const QString bullet = QString::fromUtf8("• ");
    for (const Detector& detector : detectors()) {
        for (const DetectorRule& rule : detector.rules) {
            const QString texts[] = {
                textOf(rule.name) + QLatin1Char('\n') + levelText(rule.level),
                textOf(rule.about) + QLatin1Char('\n') + tr("It fires for: %1").arg(textOf(rule.fires)) +
                    QLatin1Char('\n') + tr("It must not for: %1").arg(textOf(rule.quiet)),
                bullet + measuresText(rule.name).replace(QLatin1Char('\n'), QLatin1Char('\n') + bullet)};
            const int row = rowCount();
            insertRow(row);
            for (int column = 0; column < columns; ++column) {
                auto* item = new QTableWidgetItem(texts[column]);
                item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
                if (column == MeasuredColumn)
                    item->setToolTip(kinds);
                setItem(row, column, item);
            }
        }
    }
}

void FindingRules::resizeEvent(QResizeEvent* event)
{
    QTableWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fit();
}

void FindingRules::changeEvent(QEvent* event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

void FindingRules::fit()
{
    const int width = viewport()->width();
    const int names = std::min(width / 3, sizeHintForColumn(RuleColumn));
    setColumnWidth(RuleColumn, names);
    setColumnWidth(MeasuredColumn, (width - names) / 2);
    setColumnWidth(AboutColumn, width - names - columnWidth(MeasuredColumn));
    resizeRowsToContents();
}

} // namespace arcscope
