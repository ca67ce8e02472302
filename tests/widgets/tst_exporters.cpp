// layers: core layout analysis widgets
#include "exporters.h"

#include "assembledcorpus.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace arcscope;
using namespace arcscope::testing;

class TestExporters : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_data = traceTimeline(corpusOf("t root - agent 0-4000 agent=main\n t m root model 0-1000\n t \u00e4<b> root "
                                        "tool 1000-3000 status=error"),
                               0, {}, {})
                     .value();
        m_options.title = QStringLiteral("Checkout <fails>");
        m_options.source = QStringLiteral("run.jsonl");
        m_options.version = QStringLiteral("Arcscope 1.2.3");
        m_options.width = 800;
    }

    void aPngHasPixelsAndWords()
    {
        PictureOptions options = m_options;
        options.scale = 2;
        const QByteArray bytes = renderTimeline(*m_data, lightTheme(), options).value();
        const QImage image = QImage::fromData(bytes);
        QCOMPARE(image.width(), 1600);
        QCOMPARE(image.text(QStringLiteral("Title")), QStringLiteral("Checkout <fails> \u2014 run.jsonl"));
        QVERIFY(image.text(QStringLiteral("Description")).contains(QStringLiteral("Arcscope 1.2.3")));
        const auto count = [&](const QColor& colour) {
            int pixels = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    pixels += image.pixel(x, y) == colour.rgb() ? 1 : 0;
            }
            return pixels;
        };
        QVERIFY(count(lightTheme()[ColourRole::Model].fill) > 5'000);
        QVERIFY(count(lightTheme()[ColourRole::Tool].fill) > 5'000);
        QVERIFY(count(lightTheme()[ColourRole::Contradiction].fill) > 500);
    }

    void anSvgStaysInsideItsBox()
    {
        PictureOptions options = m_options;
        options.format = PictureFormat::Svg;
        options.range = {1500 * millisecond, 2500 * millisecond};
        const QByteArray bytes = renderTimeline(*m_data, darkTheme(), options).value();
        QXmlStreamReader xml(bytes);
        int rects = 0;
        QString text;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("rect")) {
                ++rects;
                QVERIFY(xml.attributes().value(QLatin1String("x")).toDouble() >= 0);
                QVERIFY(xml.attributes().value(QLatin1String("x")).toDouble() +
                            xml.attributes().value(QLatin1String("width")).toDouble() <=
                        800);
            } else if (xml.isCharacters()) {
                text += xml.text();
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(rects > 10);
        QVERIFY(text.contains(QStringLiteral("Checkout <fails>")));
        QVERIFY(text.contains(QStringLiteral("\u00e4<b>")));
    }

    void aPdfIsOne()
    {
        PictureOptions options = m_options;
        options.format = PictureFormat::Pdf;
        const QByteArray bytes = renderTimeline(*m_data, lightTheme(), options).value();
        QVERIFY(bytes.startsWith("%PDF-1."));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
    }

    void filesAreWrittenWholeOrNotAtAll()
    {
        QTemporaryDir dir;
        QVERIFY(exportTimeline(*m_data, lightTheme(), m_options, dir.filePath(QStringLiteral("a.png"))));
        QVERIFY(!QImage(dir.filePath(QStringLiteral("a.png"))).isNull());
        const auto failed =
            exportTimeline(*m_data, lightTheme(), m_options, dir.filePath(QStringLiteral("no/such/a.png")));
        QVERIFY(!failed && failed.error().code == ErrorCode::Unreadable);
    }

    void impossiblePicturesAreErrors()
    {
        QCOMPARE(renderTimeline(TimelineData{}, lightTheme(), m_options).error().code, ErrorCode::Unsupported);
        PictureOptions options = m_options;
        options.width = 100'000;
        QCOMPARE(renderTimeline(*m_data, lightTheme(), options).error().code, ErrorCode::Unsupported);
    }

private:
    std::shared_ptr<const TimelineData> m_data;
    PictureOptions m_options;
};

QTEST_MAIN(TestExporters)
#include "tst_exporters.moc"
