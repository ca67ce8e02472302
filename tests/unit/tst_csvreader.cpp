// layers: importers
#include "csvreader.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// Every row as "offset/line|field|field|", read in windows of `refill` bytes.
QStringList rows(const QByteArray& text, char delimiter, std::size_t refill, std::size_t limit = maxRecordBytes)
{
    const auto source = memorySource(text.toStdString());
    WindowReader window(*source, {}, refill);
    CsvReader reader(window, delimiter, limit);
    CsvRow row;
    QStringList found;
    while (true) {
        const auto more = reader.next(row);
        if (!more)
            return found << QString::fromStdString(more.error().message);
        if (!*more)
            return found;
        QString printed = QString::number(row.offset) + '/' + QString::number(row.line);
        if (row.defect == CsvDefect::Unclosed)
            printed += " unclosed " + QString::fromUtf8(row.text.data(), static_cast<int>(row.text.size()));
        if (row.defect == CsvDefect::Oversized)
            printed += " oversized";
        for (const std::string_view field : row.fields)
            printed += '|' + QString::fromUtf8(field.data(), static_cast<int>(field.size()));
        found << printed;
    }
}

} // namespace

class TestCsvReader : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("empty") << QByteArray() << QStringList();
        QTest::newRow("one") << QByteArray("a") << QStringList{"0/1|a"};
        QTest::newRow("plain") << QByteArray("a,b\nc,d\n") << QStringList{"0/1|a|b", "4/2|c|d"};
        QTest::newRow("no end") << QByteArray("a,b\nc,d") << QStringList{"0/1|a|b", "4/2|c|d"};
        QTest::newRow("CR LF") << QByteArray("a,b\r\nc,d\r\n") << QStringList{"0/1|a|b", "5/2|c|d"};
        QTest::newRow("CR") << QByteArray("a,b\rc,d") << QStringList{"0/1|a|b", "4/2|c|d"};
        QTest::newRow("empty fields") << QByteArray(",\n,,\n") << QStringList{"0/1||", "2/2|||"};
        QTest::newRow("empty lines") << QByteArray("\n\r\na\n\n") << QStringList{"3/3|a"};
        QTest::newRow("mark") << QByteArray("\xEF\xBB\xBF"
                                            "a,b\n")
                              << QStringList{"3/1|a|b"};
        QTest::newRow("quoted") << QByteArray("\"a,b\",\"c\"\"d\"\n") << QStringList{"0/1|a,b|c\"d"};
        QTest::newRow("newlines inside") << QByteArray("\"a\nb\r\nc\",d\ne,f\n")
                                         << QStringList{"0/1|a\nb\r\nc|d", "11/4|e|f"};
        QTest::newRow("quote in a field")
            << QByteArray("a\"b,5\" pipe\nc\n") << QStringList{"0/1|a\"b|5\" pipe", "12/2|c"};
        QTest::newRow("text behind a quote") << QByteArray("\"a\" b,c\n") << QStringList{"0/1|a b|c"};
        QTest::newRow("empty quotes") << QByteArray("\"\",x\n") << QStringList{"0/1||x"};
        QTest::newRow("unclosed") << QByteArray("a\n\"b,c\nd,e\n")
                                  << QStringList{"0/1|a", "2/2 unclosed \"b,c", "7/3|d|e"};
    }

    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, expected);
        for (const std::size_t refill : {std::size_t(1), std::size_t(2), std::size_t(3), std::size_t(7), windowBytes})
            QCOMPARE(rows(text, ',', refill), expected);
    }

    void longRows()
    {
        // One that is too long is passed over; so is its rest where a quote has no end.
        const QByteArray text = "a,b\n" + QByteArray(100, 'x') + "\nc,d\n";
        QCOMPARE(rows(text, ',', 16, 32), (QStringList{"0/1|a|b", "4/2 oversized", "105/3|c|d"}));
        const QByteArray open = "a\n\"b\n" + QByteArray("c\n").repeated(100);
        const QStringList found = rows(open, ',', 16, 32);
        QCOMPARE(found[1], QString("2/2 unclosed \"b"));
        QCOMPARE(found.size(), 102);
    }

    void delimiters_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("delimiter");
        QTest::newRow("comma") << QByteArray("a,b,c\n1,2,3\n") << int(',');
        QTest::newRow("semicolon with decimal commas") << QByteArray("a;b\n1,5;2,5\n3,5;4,5\n") << int(';');
        QTest::newRow("tab") << QByteArray("a\tb\n1\t2\n") << int('\t');
        QTest::newRow("bar") << QByteArray("a|b\n1|2\n") << int('|');
        QTest::newRow("in quotes") << QByteArray("a;b\n\"1,2,3\";4\n") << int(';');
        QTest::newRow("prose") << QByteArray("Well, this is text.\nIt has no columns, really, none.\n") << 0;
        QTest::newRow("nothing") << QByteArray() << 0;
    }

    void delimiters()
    {
        QFETCH(QByteArray, head);
        QTEST(int(sniffCsvDelimiter(std::string_view(head.data(), static_cast<std::size_t>(head.size())))),
              "delimiter");
    }

    void manyFields()
    {
        const QByteArray row(static_cast<int>(maxCsvFields) + 10, ',');
        std::vector<std::string_view> fields;
        std::string scratch;
        splitCsvRow({row.data(), static_cast<std::size_t>(row.size())}, ',', fields, scratch);
        QCOMPARE(fields.size(), maxCsvFields);
    }
};

QTEST_APPLESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
