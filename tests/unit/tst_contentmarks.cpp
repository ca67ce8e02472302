// layers: core store
#include "contentmarks.h"
#include "workspace.h"

#include <QTest>

using namespace arcscope;

class TestContentMarks : public QObject
{
    Q_OBJECT

private slots:
    void marksComeBackWithTheirKey()
    {
        auto workspace = Workspace::createTemporary();
        QVERIFY(workspace);
        const auto none = readContentMarks(workspace->database());
        QVERIFY(none && none->marks.empty());
        QVERIFY(!(none->key == readContentMarks(workspace->database()).value().key)); // made anew until one counts
        ContentDigest digest(none->key);
        digest.add(std::string(5'000, 'x') + "\nrest");
        const std::vector<SourceMark> marks{{0, digest.mark()}, {7, ContentMark{3, 2, {}, {1, ~std::uint64_t{0}}}}};
        QVERIFY(writeContentMarks(workspace->database(), none->key, marks));
        const auto found = readContentMarks(workspace->database());
        QVERIFY(found);
        QVERIFY(found->key == none->key);
        QVERIFY(found->marks == marks);
    }

    void aCutMarkIsDamage()
    {
        auto workspace = Workspace::createTemporary();
        QVERIFY(workspace->database().execute("insert into contents values(0, 1, 1, x'00')"));
        const auto found = readContentMarks(workspace->database());
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Store);
    }
};

QTEST_APPLESS_MAIN(TestContentMarks)
#include "tst_contentmarks.moc"
