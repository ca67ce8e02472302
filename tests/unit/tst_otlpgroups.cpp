// layers: core importers
#include "corpusbuilder.h"
#include "otlpgroups.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const std::string shop = "{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]}";

/// The resource text and service of every row.
QStringList rows(CorpusBuilder& builder)
{
    const Corpus& corpus = builder.build();
    QStringList lines;
    for (Row row = 0; row < corpus.spans.rows(); ++row)
        lines << QString::fromStdString(std::string(corpus.text(SpanText::Service, row)) + " " +
                                        std::string(corpus.text(SpanText::Resource, row)));
    return lines;
}

QString row(const char* scope)
{
    return QStringLiteral("shop {\"resource\":%1,\"scope\":{\"name\":\"%2\"}}")
        .arg(QString::fromStdString(shop), QLatin1String(scope));
}

} // namespace

class TestOtlpGroups : public QObject
{
    Q_OBJECT

private:
    static void addSpan(OtlpGroups& groups)
    {
        SpanRecord span;
        span.trace = {0, 1, IdForm::Hex128};
        span.span = {0, 1, IdForm::Hex64};
        groups.add(span, {}, "{}");
    }

private slots:
    void spansGetTheirOwnScopeInAnyOrder_data()
    {
        QTest::addColumn<QByteArray>("order"); // R resource, a/b the scopes, [ ] a scope's bounds, s a span
        QTest::newRow("usual") << QByteArray("R[as][bs]");
        QTest::newRow("scope after its spans") << QByteArray("R[sa][sb]");
        QTest::newRow("resource last") << QByteArray("[as][bs]R");
        QTest::newRow("resource last, scopes after spans") << QByteArray("[sa][sb]R");
        QTest::newRow("resource between") << QByteArray("[as]R[bs]");
    }
    void spansGetTheirOwnScopeInAnyOrder()
    {
        QFETCH(QByteArray, order);
        CorpusBuilder builder;
        OtlpGroups groups(builder, "otlp-json");
        groups.beginResource();
        for (const char step : order) {
            switch (step) {
            case 'R':
                groups.resource(shop, 0, 1);
                break;
            case '[':
                groups.beginScope();
                break;
            case ']':
                groups.endScope();
                break;
            case 's':
                addSpan(groups);
                break;
            default:
                groups.scope(std::string("{\"name\":\"") + step + "\"}");
            }
        }
        groups.endResource();
        QCOMPARE(rows(builder), (QStringList{row("a"), row("b")}));
        QVERIFY(builder.issues.empty());
    }

    void aMissingScopeIsNoIssue()
    {
        CorpusBuilder builder;
        OtlpGroups groups(builder, "otlp-json");
        groups.beginResource();
        groups.resource(shop, 0, 1);
        groups.beginScope();
        const std::string large(maxHeldForScope / 2, ' ');
        for (int i = 0; i < 8; ++i) {
            SpanRecord span;
            groups.add(span, {}, large);
        }
        groups.endScope();
        groups.endResource();
        QCOMPARE(rows(builder).size(), 8);
        QVERIFY(builder.issues.empty());
    }
};

QTEST_APPLESS_MAIN(TestOtlpGroups)
#include "tst_otlpgroups.moc"
