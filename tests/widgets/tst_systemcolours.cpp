// layers: widgets Qt6::DBus GUI
#include "appearance.h"
#include "contrasttheme.h"
#include "systemcolours.h"
#include "theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace arcscope;

namespace
{

const QString group = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

} // namespace

/// The settings portal of a desktop.
class Portal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 1;

public slots:
    QDBusVariant Read(const QString&, const QString& ofKey) const
    {
        const uint value = ofKey == key ? scheme : 0;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value))); // wrapped twice, as portals do
    }

signals:
    void SettingChanged(const QString& inGroup, const QString& ofKey, const QDBusVariant& value);
};

class TestSystemColours : public QObject
{
    Q_OBJECT

    QProcess m_daemon;
    Portal m_portal;

private slots:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        QVERIFY2(!program.isEmpty(), "there is no dbus-daemon");
        m_daemon.start(program,
                       {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_daemon.waitForReadyRead());
        const QString address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
        QDBusConnection bus = QDBusConnection::connectToBus(address, QStringLiteral("portal"));
        QVERIFY(bus.isConnected());
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &m_portal,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    }
    void cleanupTestCase()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    void asksAndFollows()
    {
        SystemColours colours;
        QVERIFY(!colours.dark()); // nobody waits for the answer
        QSignalSpy changed(&colours, &SystemColours::changed);
        QTRY_COMPARE(colours.dark(), std::optional(true));
        emit m_portal.SettingChanged(group, key, QDBusVariant(2u));
        QTRY_COMPARE(colours.dark(), std::optional(false));
        QCOMPARE(changed.size(), 2);
        QVERIFY(!colours.contrast());
        emit m_portal.SettingChanged(group, QStringLiteral("contrast"), QDBusVariant(1u));
        QTRY_VERIFY(colours.contrast());
        QCOMPARE(changed.size(), 3);
        emit m_portal.SettingChanged(group, QStringLiteral("contrast"), QDBusVariant(7u)); // not known: no preference
        QTRY_VERIFY(!colours.contrast());
        emit m_portal.SettingChanged(group, key, QDBusVariant(2u)); // the same again
        emit m_portal.SettingChanged(group, key, QDBusVariant(0u));
        QTRY_VERIFY(!colours.dark());
        QCOMPARE(changed.size(), 5);
    }

    void theSystemDecidesOnlyWhereItIsAsked()
    {
        const auto isDark = [] { return themeFor(QApplication::palette()).dark; };
        applyAppearance(Appearance::System, true);
        QVERIFY(isDark());
        applyAppearance(Appearance::System, false);
        QVERIFY(!isDark());
        applyAppearance(Appearance::Light, true);
        QVERIFY(!isDark());
        applyAppearance(Appearance::Dark, false);
        QVERIFY(isDark());
        const auto isStrong = [] { return isContrast(QApplication::palette()); };
        QVERIFY(!isStrong());
        applyAppearance(Appearance::System, true, true);
        QVERIFY(isDark() && isStrong());
        applyAppearance(Appearance::System, std::nullopt, true);
        QVERIFY(!isDark() && isStrong());
        applyAppearance(Appearance::Light, true, true); // the user said otherwise
        QVERIFY(!isDark() && !isStrong());
        applyAppearance(Appearance::ContrastDark, false);
        QVERIFY(isDark() && isStrong());
        applyAppearance(Appearance::ContrastLight, true);
        QVERIFY(!isDark() && isStrong());
        applyAppearance(Appearance::System, std::nullopt); // as the platform has it
        QVERIFY(!isStrong());
        QVERIFY(!isDark());
    }
};

QTEST_MAIN(TestSystemColours)
#include "tst_systemcolours.moc"
