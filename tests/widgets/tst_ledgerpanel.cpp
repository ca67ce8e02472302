// layers: widgets GUI
#include "ledgerpanel.h"

#include <QAbstractItemDelegate>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestLedgerPanel : public QObject
{
    Q_OBJECT

private slots:
    void aLongPathIsShownWhole()
    {
        const QTemporaryDir folder;
        QString deep = folder.path();
        for (int i = 0; i < 6; ++i)
            deep += QLatin1Char('/') + QString(100, QLatin1Char(static_cast<char>('a' + i)));
        QVERIFY(QDir().mkpath(deep));
        const QString path = deep + QStringLiteral("/none.json");
        QFile text(path);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("{\"resourceSpans\":[]}\n");
        text.close();
        AppState state;
        LedgerPanel panel(state);
        panel.resize(900, 300);
        panel.show();
        state.open({path});
        QTRY_COMPARE(panel.table()->model()->rowCount(), 1);
        const QModelIndex place = panel.table()->model()->index(0, IssueModel::PlaceColumn);
        QVERIFY(place.data(Qt::ToolTipRole).toString().startsWith(path));
        QVERIFY(place.data().toString().startsWith(path));
        // Both ends are drawn: eliding in the middle differs from a cut end in the last quarter of the cell.
        QStyleOptionViewItem option;
        auto* delegate = panel.table()->itemDelegateForColumn(IssueModel::PlaceColumn);
        QVERIFY(delegate);
        const auto picture = [&](const QModelIndex& index, QAbstractItemDelegate* painter) {
            QImage image(200, 20, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter paint(&image);
            option.rect = image.rect();
            option.textElideMode = Qt::ElideRight;
            option.palette = panel.palette();
            painter->paint(&paint, option, index);
            return image.copy(150, 0, 50, 20);
        };
        QVERIFY(picture(place, delegate) != picture(place, panel.table()->itemDelegate()));
    }
};

QTEST_MAIN(TestLedgerPanel)
#include "tst_ledgerpanel.moc"
