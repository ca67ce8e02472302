// layers: widgets GUI
#include "readingstyle.h"
#include "viewbar.h"

#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace arcscope;

namespace
{

const QStringList names{QStringLiteral("Arcs"),        QStringLiteral("Timeline"),  QStringLiteral("Tools"),
                        QStringLiteral("Stream"),      QStringLiteral("Span tree"), QStringLiteral("Stops 18"),
                        QStringLiteral("Findings 27"), QStringLiteral("Replay"),    QStringLiteral("Outcomes"),
                        QStringLiteral("Lenses")};

} // namespace

class TestViewBar : public QObject
{
    Q_OBJECT

    QTabWidget m_views;
    ViewBar m_bar{m_views};

    bool allInSight() const
    {
        for (int i = 0; i < m_bar.count(); ++i) {
            if (!m_bar.rect().contains(m_bar.tabRect(i)) || m_bar.tabRect(i).width() < 24)
                return false;
        }
        return m_bar.findChildren<QToolButton*>().isEmpty() ||
               !m_bar.findChildren<QToolButton*>().constFirst()->isVisible();
    }
    int wholeNames() const
    {
        int whole = 0;
        for (int i = 0; i < m_bar.count(); ++i)
            whole += m_bar.fontMetrics().horizontalAdvance(m_bar.tabText(i)) + 8 <= m_bar.tabRect(i).width() ? 1 : 0;
        return whole;
    }

private slots:
    void initTestCase()
    {
        for (const QString& name : names)
            m_bar.add(new QLabel(name), name);
        m_views.show();
        m_bar.show();
        QVERIFY(!m_views.tabBar()->isVisible());
    }

    void allNamesAreInSight_data()
    {
        QTest::addColumn<int>("percent"); // of the width that the names ask for
        QTest::newRow("with room") << 150;
        QTest::newRow("closer together") << 90;
    }
    void allNamesAreInSight()
    {
        QFETCH(int, percent);
        m_bar.resize(4'000, m_bar.sizeHint().height());
        int wanted = 0;
        for (int i = 0; i < m_bar.count(); ++i)
            wanted += m_bar.tabRect(i).width();
        m_bar.resize(wanted * percent / 100, m_bar.height());
        QTRY_VERIFY(allInSight());
        QCOMPARE(wholeNames(), m_bar.count());
        for (int i = 0; i < m_bar.count(); ++i)
            QCOMPARE(m_bar.tabToolTip(i), names[i]);
    }

    void namesThatStandCloserTogetherAreDrawnWhole()
    {
        ReadingStyle style;
        m_bar.setStyle(&style);
        const auto ink = [this] {
            const QImage all = m_bar.grab().toImage();
            std::vector<int> dark;
            for (int i = 0; i < m_bar.count(); ++i) {
                const QRect inside = m_bar.tabRect(i).adjusted(3, 5, -3, -5);
                int pixels = 0;
                for (int y = inside.top(); y <= inside.bottom(); ++y) {
                    for (int x = inside.left(); x <= inside.right(); ++x)
                        pixels += all.pixelColor(x, y).lightness() < 128 ? 1 : 0;
                }
                dark.push_back(pixels);
            }
            return dark;
        };
        m_bar.resize(4'000, m_bar.sizeHint().height());
        int wanted = 0;
        for (int i = 0; i < m_bar.count(); ++i)
            wanted += m_bar.tabRect(i).width();
        const std::vector<int> whole = ink();
        m_bar.resize(wanted - 12 * m_bar.count(), m_bar.height());
        QTRY_VERIFY(allInSight());
        QVERIFY(m_bar.tabRect(m_bar.count() - 1).right() < wanted - 10 * m_bar.count());
        QCOMPARE(ink(), whole);
        m_bar.setStyle(nullptr);
    }

    void noNameIsShortened()
    {
        auto* const more = m_bar.findChild<QToolButton*>(QStringLiteral("more"));
        const QFont usual = m_bar.font();
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 2);
        for (const QFont& font : {usual, large}) {
            m_bar.setFont(font);
            m_bar.resize(10'000, m_bar.sizeHint().height());
            int wanted = 0;
            for (int i = 0; i < m_bar.count(); ++i)
                wanted += m_bar.tabRect(i).width();
            for (const int percent : {65, 50, 40}) {
                m_bar.resize(wanted * percent / 100, m_bar.height());
                QTRY_VERIFY(more->isVisible());
                for (int i = 0; i < m_bar.count(); ++i) {
                    if (!m_bar.isTabVisible(i))
                        continue;
                    const int name = m_bar.fontMetrics().horizontalAdvance(m_bar.tabText(i));
                    QVERIFY2(name + 8 <= m_bar.tabRect(i).width(), qPrintable(m_bar.tabText(i)));
                    QVERIFY(m_bar.rect().contains(m_bar.tabRect(i)));
                }
            }
        }
        m_bar.setFont(usual);
    }

    void whatDoesNotFitIsInAMenu()
    {
        m_bar.setCurrentIndex(0);
        m_bar.resize(m_bar.fontMetrics().averageCharWidth() * 40, m_bar.height());
        auto* const more = m_bar.findChild<QToolButton*>(QStringLiteral("more"));
        QTRY_VERIFY(more->isVisible());
        int shown = 0;
        for (int i = 0; i < m_bar.count(); ++i) {
            if (!m_bar.isTabVisible(i))
                continue;
            ++shown;
            QVERIFY(m_bar.rect().contains(m_bar.tabRect(i)));
            QVERIFY(!more->geometry().intersects(m_bar.tabRect(i)));
        }
        QVERIFY(shown > 1 && shown < m_bar.count());
        m_views.setCurrentIndex(m_bar.count() - 1); // as a command does
        QVERIFY(m_bar.isTabVisible(m_bar.count() - 1));
        emit more->menu()->aboutToShow();
        const auto listed = more->menu()->actions();
        QVERIFY(!listed.isEmpty());
        const QString name = listed.constLast()->text();
        listed.constLast()->trigger();
        QCOMPARE(m_views.tabText(m_views.currentIndex()), name);
        QVERIFY(m_bar.isTabVisible(m_bar.currentIndex()));
        m_bar.resize(4'000, m_bar.height());
        QTRY_VERIFY(!more->isVisible());
        for (int i = 0; i < m_bar.count(); ++i)
            QVERIFY(m_bar.isTabVisible(i));
    }

    void leadsToTheViews()
    {
        m_bar.resize(2'000, m_bar.height());
        QTest::mouseClick(&m_bar, Qt::LeftButton, {}, m_bar.tabRect(3).center());
        QCOMPARE(m_views.currentIndex(), 3);
        m_views.setCurrentIndex(6);
        QCOMPARE(m_bar.currentIndex(), 6);
        m_bar.setFocus();
        QTest::keyClick(&m_bar, Qt::Key_Right);
        QCOMPARE(m_views.currentIndex(), 7);
    }

    void namesChange()
    {
        m_bar.rename(m_views.widget(5), QStringLiteral("Stops"));
        QCOMPARE(m_bar.tabText(5), QStringLiteral("Stops"));
        QCOMPARE(m_views.tabText(5), QStringLiteral("Stops"));
        m_bar.rename(m_views.widget(5), names[5]);
    }
};

QTEST_MAIN(TestViewBar)
#include "tst_viewbar.moc"
