// layers: core layout analysis widgets GUI
#include "viewexport.h"

#include "assembledcorpus.h"
#include "timelinecanvas.h"

#include <QDir>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct ReadSvg {
    QString text;
    QStringList elements;
    QList<std::pair<double, double>> rects; ///< left and right
    QString error;
    bool references = false;
};

ReadSvg readSvg(const QByteArray& bytes)
{
    ReadSvg read;
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::Characters)
            read.text += xml.text();
        if (token != QXmlStreamReader::StartElement)
            continue;
        read.elements << xml.name().toString();
        for (const QXmlStreamAttribute& attribute : xml.attributes())
            read.references = read.references || attribute.name() == QLatin1String("href") ||
                              attribute.name().startsWith(QLatin1String("on"));
        if (xml.name() == QLatin1String("rect")) {
            const double left = xml.attributes().value(QLatin1String("x")).toDouble();
            read.rects.append({left, left + xml.attributes().value(QLatin1String("width")).toDouble()});
        }
    }
    read.error = xml.errorString();
    return read;
}

} // namespace

class TestViewExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(QStringLiteral("Arcscope"));
        QCoreApplication::setApplicationVersion(QStringLiteral("1.2.3"));
        m_options.title = QStringLiteral("Checkout <fails>");
        m_options.source = QStringLiteral("run.jsonl");
        m_canvas.setTheme(lightTheme());
        m_canvas.resize(800, 120);
        m_canvas.setData(dataOf("t root - agent 0-4000 agent=main\n t m root model 0-1000\n"
                                " t \u00e4<b> root tool 1000-3000 status=error"));
    }

    void aPngHasPixelsAndWords()
    {
        const QByteArray bytes = pictureOf(m_canvas, PictureFormat::Png, m_options).value();
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

    /// Points are as large as on a screen of 96 pixels an inch, for which the view is laid out.
    void textsOfAnSvgAreAsLargeAsInTheView()
    {
        QLabel label(QStringLiteral("twelve points"));
        QFont font = label.font();
        font.setPointSizeF(12);
        label.setFont(font);
        label.resize(200, 40);
        const QByteArray bytes = pictureOf(label, PictureFormat::Svg, m_options).value();
        const auto text = bytes.indexOf("twelve points");
        QVERIFY(text > 0);
        const auto size = bytes.lastIndexOf("font-size=\"", text);
        QCOMPARE(bytes.mid(size, 14), QByteArray("font-size=\"16\""));
    }

    /// A widget that paints beyond its edge, as a list does with the row that is only partly in sight.
    void widgetsOfAnSvgEndAtTheirEdges()
    {
        QWidget view;
        view.resize(400, 120);
        auto* const list = new QPlainTextEdit(QStringLiteral("one\ntwo\nthree\nfour\nurl(#x) id=\"y\""), &view);
        list->setGeometry(10, 20, 100, 50);
        auto* const hidden = new QLabel(QStringLiteral("not shown"), &view);
        hidden->hide();
        new QLabel(QStringLiteral("shown"), &view);
        const QByteArray bytes = pictureOf(view, PictureFormat::Svg, m_options).value();
        const ReadSvg read = readSvg(bytes);
        QCOMPARE(read.error, QString());
        QVERIFY(bytes.contains("<g transform=\"translate(10,20)\" clip-path=\"url(#w2-box)\">"
                               "<clipPath id=\"w2-box\"><rect width=\"100\" height=\"50\"/></clipPath>"));
        QVERIFY(read.text.contains(QStringLiteral("two")) && read.text.contains(QStringLiteral("shown")));
        QVERIFY(!read.text.contains(QStringLiteral("not shown")));
        QVERIFY(read.text.contains(m_options.title)); // the foot
        QStringList ids;
        static const QRegularExpression id(QStringLiteral(" id=\"([^\"]*)\""));
        for (auto found = id.globalMatch(QString::fromUtf8(bytes)); found.hasNext();)
            ids << found.next().captured(1);
        QCOMPARE(ids.removeDuplicates(), qsizetype(0));
    }

    void anSvgIsTextAndShapesInsideItsBox()
    {
        TimelineCanvas canvas;
        canvas.setTheme(darkTheme());
        canvas.resize(800, 120);
        canvas.setData(m_canvas.data());
        canvas.setVisibleRange({1500 * millisecond, 2500 * millisecond});
        const QByteArray bytes = pictureOf(canvas, PictureFormat::Svg, m_options).value();
        const ReadSvg read = readSvg(bytes);
        QCOMPARE(read.error, QString());
        QVERIFY(read.rects.size() > 10);
        for (const auto& [left, right] : read.rects)
            QVERIFY(left >= 0 && right <= 800);
        QVERIFY(read.text.contains(QStringLiteral("Checkout <fails>")));
        QVERIFY(read.text.contains(QStringLiteral("\u00e4<b>")));
        QVERIFY(!read.references);
        QVERIFY(!read.elements.contains(QStringLiteral("image")));
        QVERIFY(!read.elements.contains(QStringLiteral("script")));
    }

    void signsThatNoDocumentMayHaveAreLeftOut()
    {
        TimelineCanvas canvas;
        canvas.resize(800, 120);
        canvas.setData(dataOf("t a\x01\xef\xbf\xbe<script> - tool 0-1000"));
        ExportOptions options = m_options;
        options.title = QStringLiteral("\u0001<script>\uffff</title>");
        for (QWidget* view :
             {static_cast<QWidget*>(&canvas),
              static_cast<QWidget*>(new QPlainTextEdit(QStringLiteral("b\u0002<script>"), m_owner.get()))}) {
            const ReadSvg read = readSvg(pictureOf(*view, PictureFormat::Svg, options).value());
            QCOMPARE(read.error, QString());
            QVERIFY(read.text.contains(QStringLiteral("<script>")));
            QVERIFY(!read.elements.contains(QStringLiteral("script")));
        }
    }

    void allLanesAreDrawnWhateverIsInSight()
    {
        std::string lines = "t root - agent 0-4000 agent=main";
        for (int i = 0; i < 40; ++i)
            lines += "\n t sub" + std::to_string(i) + " root agent 0-4000 agent=agent" + std::to_string(i);
        TimelineCanvas canvas;
        canvas.resize(800, 120);
        canvas.setData(dataOf(lines));
        const QString all = readSvg(pictureOf(canvas, PictureFormat::Svg, m_options).value()).text;
        QVERIFY(all.contains(QStringLiteral("agent0")));
        QVERIFY(all.contains(QStringLiteral("agent39")));
        QVERIFY(!all.contains(QStringLiteral("not all lanes")));

        ExportOptions options = m_options;
        options.maxHeight = 200;
        const QString cut = readSvg(pictureOf(canvas, PictureFormat::Svg, options).value()).text;
        QVERIFY(cut.contains(QStringLiteral("agent0")));
        QVERIFY(!cut.contains(QStringLiteral("agent39")));
        QVERIFY(cut.contains(QStringLiteral("not all lanes")));
        canvas.setSelection(rowNamed(canvas.data()->corpus, "sub39"));
        QVERIFY(
            readSvg(pictureOf(canvas, PictureFormat::Svg, options).value()).text.contains(QStringLiteral("agent39")));
    }

    void selectionAndMarksAreDrawn()
    {
        const QByteArray plain = pictureOf(m_canvas, PictureFormat::Png, m_options).value();
        TimelineCanvas canvas;
        canvas.setTheme(lightTheme());
        canvas.resize(800, 120);
        canvas.setData(m_canvas.data());
        QCOMPARE(pictureOf(canvas, PictureFormat::Png, m_options).value(), plain);
        canvas.setSelection(rowNamed(canvas.data()->corpus, "m"));
        const QByteArray selected = pictureOf(canvas, PictureFormat::Png, m_options).value();
        QVERIFY(selected != plain);
        canvas.setMarks({{rowNamed(canvas.data()->corpus, "m"), MarkKind::SearchHit}});
        QVERIFY(pictureOf(canvas, PictureFormat::Png, m_options).value() != selected);
    }

    void anyViewIsDrawn()
    {
        QPlainTextEdit view(QStringLiteral("words of a conversation"));
        view.resize(400, 100);
        ExportOptions options = m_options;
        options.filter = QStringLiteral("kind:tool");
        const QString text = readSvg(pictureOf(view, PictureFormat::Svg, options).value()).text;
        QVERIFY(text.contains(QStringLiteral("words of a conversation")));
        QVERIFY(text.contains(QStringLiteral("kind:tool")));
        const QImage image = QImage::fromData(pictureOf(view, PictureFormat::Png, options).value());
        QCOMPARE(image.width(), 800);
        QVERIFY(image.height() > 200);
    }

    void aPageIsTextWithItsPicture()
    {
        ExportOptions options = m_options;
        options.title = QStringLiteral("a <b> & \"c\"");
        options.origin = QStringList{QStringLiteral("run.jsonl, SHA-256 0123"), QStringLiteral("Filter: none")};
        CopiedTable table;
        table.header = QStringList{QStringLiteral("Name"), QStringLiteral("Ribbon"), QStringLiteral("Tokens")};
        table.toTheRight = {false, false, true};
        table.lines = {{0, {QStringLiteral("<script>x</script>"), QString(), QStringLiteral("12")}},
                       {1, {QStringLiteral("\u202e' onload='"), QString(), QString()}}};
        table.leftOut = 3;
        options.table = table;
        options.removed = "{\"struck\": 2}";
        const QString page = QString::fromUtf8(pictureOf(m_canvas, PictureFormat::Html, options).value());
        QVERIFY(page.startsWith(QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">")));
        QVERIFY(
            page.contains(QStringLiteral("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"")));
        QVERIFY(page.contains(QStringLiteral("<h1>a &lt;b&gt; &amp; &quot;c&quot; \u2014 run.jsonl</h1>")));
        QVERIFY(page.contains(
            QStringLiteral("role=\"group\" aria-labelledby=\"view-title\" aria-describedby=\"view-about\"")));
        QVERIFY(page.contains(QStringLiteral("<title id=\"view-title\">a &lt;b&gt;")));
        QVERIFY(page.contains(QStringLiteral(
            "<td class=\"short\">&lt;script&gt;x&lt;/script&gt;</td><td class=\"number short\">12</td>")));
        QVERIFY(page.contains(QStringLiteral(
            "<td class=\"short\" style=\"padding-left:1rem\">\u27e6U+202E\u27e7&#39; onload=&#39;</td>")));
        QVERIFY(page.contains(QStringLiteral("3 more lines are left out")));
        QVERIFY(page.contains(QStringLiteral("<li>run.jsonl, SHA-256 0123</li><li>Filter: none</li>")));
        QVERIFY(page.contains(QStringLiteral("{&quot;struck&quot;: 2}")));
        QVERIFY(!page.contains(QStringLiteral("Ribbon"))); // it has no texts
        QVERIFY(!page.contains(QStringLiteral("<script")));
        QVERIFY(!page.contains(QStringLiteral("<?xml")));
        // The picture is as well-formed as one alone, with its words, and without the foot that the page has.
        const qsizetype from = page.indexOf(QStringLiteral("<svg"));
        const qsizetype to = page.indexOf(QStringLiteral("</svg>")) + 6;
        const ReadSvg read = readSvg(page.mid(from, to - from).toUtf8());
        QCOMPARE(read.error, QString());
        QVERIFY(read.text.contains(QStringLiteral("\u00e4<b>")));
        QCOMPARE(read.text.count(options.title), 1);
        QVERIFY(!read.text.contains(QStringLiteral("Arcscope 1.2.3")));
        QVERIFY(!read.references);
        QCOMPARE(page.count(QStringLiteral("<svg")), 1);
    }

    /// Light or dark as the picture is, whatever the reader's system has.
    void aPageHasTheColoursOfItsPicture()
    {
        TimelineCanvas canvas;
        canvas.resize(800, 120);
        canvas.setData(m_canvas.data());
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            canvas.setTheme(*theme);
            const QByteArray page = pictureOf(canvas, PictureFormat::Html, m_options).value();
            QCOMPARE(page.contains(":root{color-scheme:dark;"), theme->dark);
            QCOMPARE(page.contains(":root{color-scheme:light;"), !theme->dark);
            QVERIFY(!page.contains("prefers-color-scheme"));
        }
    }

    void aViewWithoutRowsHasNoTable()
    {
        const QByteArray page = pictureOf(m_canvas, PictureFormat::Html, m_options).value();
        QVERIFY(!page.contains("<table"));
        QVERIFY(page.contains("<li>Arcscope 1.2.3</li>"));
    }

    void aPdfIsOne()
    {
        const QByteArray bytes = pictureOf(m_canvas, PictureFormat::Pdf, m_options).value();
        QVERIFY(bytes.startsWith("%PDF-1."));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
    }

    void filesAreWrittenWholeOrNotAtAll()
    {
        QTemporaryDir dir;
        QVERIFY(exportView(m_canvas, m_options, dir.filePath(QStringLiteral("a.PNG"))));
        QVERIFY(!QImage(dir.filePath(QStringLiteral("a.PNG"))).isNull());
        QCOMPARE(exportView(m_canvas, m_options, dir.filePath(QStringLiteral("no/such/a.png"))).error().code,
                 ErrorCode::Store);
        QCOMPARE(exportView(m_canvas, m_options, dir.filePath(QStringLiteral("a.gif"))).error().code,
                 ErrorCode::Unsupported);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{QStringLiteral("a.PNG")});
    }

    void impossiblePicturesAreErrors()
    {
        TimelineCanvas canvas;
        QCOMPARE(pictureOf(canvas, PictureFormat::Png, m_options).error().code, ErrorCode::Unsupported);
        canvas.setData(m_canvas.data());
        canvas.resize(20'000, 100);
        QCOMPARE(QImage::fromData(pictureOf(canvas, PictureFormat::Png, m_options).value()).width(), 20'000);
        canvas.resize(100'000, 100);
        QCOMPARE(pictureOf(canvas, PictureFormat::Png, m_options).error().code, ErrorCode::Unsupported);
    }

private:
    static std::shared_ptr<const TimelineData> dataOf(const std::string& lines)
    {
        return traceTimeline(corpusOf(lines), 0, {}, {}).value();
    }

    std::unique_ptr<QWidget> m_owner = std::make_unique<QWidget>();
    TimelineCanvas m_canvas;
    ExportOptions m_options;
};

QTEST_MAIN(TestViewExport)
#include "tst_viewexport.moc"
