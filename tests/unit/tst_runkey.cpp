// layers: core analysis store pipeline
// What runs are paired by, as a user writes it.
#include "runkey.h"

#include <QTest>

#include <map>

using namespace arcscope;

class TestRunKey : public QObject
{
    Q_OBJECT

    static QString valueOf(const char* expression, const std::map<std::string, std::string>& fields)
    {
        const auto key = RunKey::read(expression);
        if (!key)
            return QString::fromStdString(key.error().message);
        const auto value = key->valueOf([&](const std::string& field) {
            const auto found = fields.find(field);
            return found == fields.end() ? std::string() : found->second;
        });
        return QString::fromStdString(value.value());
    }

private slots:
    void fieldsAndPatterns()
    {
        const std::map<std::string, std::string> fields{{"tenant", "acme"}, {"request", "Where is order 17?"}};
        QCOMPARE(valueOf("tenant", fields), QStringLiteral("acme"));
        QCOMPARE(valueOf("tenant+request~order ([0-9]+)", fields), QStringLiteral("acme, 17"));
        QCOMPARE(valueOf("request~order [0-9]+", fields), QStringLiteral("order 17"));
        QCOMPARE(valueOf("request~(invoice) [0-9]+", fields), QString());
        QCOMPARE(valueOf("tenant+plan", fields), QString());
    }

    void aFieldThatCannotBeReadIsNoEmptyValue()
    {
        const auto value = RunKey::read("tenant+plan")->valueOf([](const std::string& field) {
            return field == "plan" ? Result<std::string>(Error{ErrorCode::Store, "damaged"}) : std::string("acme");
        });
        QVERIFY(!value);
        QCOMPARE(value.error().message, std::string("damaged"));
    }

    /// Patterns that take forever with each more letter elsewhere.
    void noPatternTakesForever()
    {
        const std::map<std::string, std::string> fields{{"request", std::string(900, 'a')}};
        QCOMPARE(valueOf("request~(a*)*b", fields), QString());
        QVERIFY(valueOf("request~(a|aa)+$", fields).startsWith(QLatin1Char('a')));
        QVERIFY(!RunKey::read("request~(a)\\1"));
        QVERIFY(!RunKey::read("request~" + std::string(1'000, '(')));
    }

    void whatIsNoKey()
    {
        QVERIFY(!RunKey::read(""));
        QVERIFY(!RunKey::read("tenant+"));
        QVERIFY(!RunKey::read("~order"));
        const auto wrong = RunKey::read("request~order (");
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::Usage);
        QVERIFY(wrong.error().message.find("no regular expression") != std::string::npos);
        for (const char* far :
             {"a~x{1,55555555555555555555}", "a~x{55555555555555555555}", "a~(x)\\55555555555555555555"})
            QVERIFY2(!RunKey::read(far), far);
        QVERIFY(RunKey::read("a~x{1,3}, 20240101123456").has_value());
    }
};

QTEST_APPLESS_MAIN(TestRunKey)
#include "tst_runkey.moc"
