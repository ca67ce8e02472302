// layers: core analysis
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

struct Step {
    const char* tool;
    const char* arguments;
    const char* result;
};

Rules rulesIn(const std::vector<Step>& steps, bool apart = false)
{
    std::string lines;
    for (std::size_t i = 0; i < steps.size(); ++i)
        lines += "t" + (apart ? std::to_string(i) : std::string()) + " s" + std::to_string(i) + " - tool " +
                 std::to_string(i * 10) + '-' + std::to_string(i * 10 + 5) + " session=s tool=" + steps[i].tool + '\n';
    TraceScript script(lines);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        script.content("s" + std::to_string(i)).toolArguments = steps[i].arguments;
        script.content("s" + std::to_string(i)).toolResult = steps[i].result;
    }
    return rulesOf(findingsOf(detectorNamed("memory-reads"), script));
}

constexpr Step bonn{"memory_set", "{\"key\":\"city\",\"value\":\"Bonn\"}", "ok"};
constexpr Step rome{"memory_set", "{\"key\":\"city\",\"value\":\"Rome\"}", "ok"};

} // namespace

class TestMemoryReads : public QObject
{
    Q_OBJECT

private slots:
    void whatWasReplacedIsStale()
    {
        const std::vector<Step> steps{bonn, rome, {"memory_get", "{\"key\":\"city\"}", "Bonn"}};
        QCOMPARE(rulesIn(steps), Rules{"memory.stale_read:check"});
        QCOMPARE(rulesIn(steps, true), Rules{"memory.stale_read:check"});
        QCOMPARE(rulesIn({bonn, rome, {"memory_get", "{\"key\":\"city\"}", "{\"value\": \"Bonn\"}"}}),
                 Rules{"memory.stale_read:check"});
        QCOMPARE(rulesIn({{"get_user", "{\"user_id\":\"5\"}", "{\"city\":\"Bonn\",\"zip\":\"1\"}"},
                          {"update_user", "{\"user_id\":\"5\",\"city\":\"Rome\"}", "ok"},
                          {"get_user", "{\"user_id\":\"5\"}", "{\"city\":\"Bonn\",\"zip\":\"1\"}"}}),
                 Rules{"memory.stale_read:check"});
    }

    void anOlderVersionIsStale()
    {
        const Step write{"update_page", "{\"page_id\":\"5\",\"title\":\"x\"}", "{\"version\":4}"};
        QCOMPARE(rulesIn({write, {"get_page", "{\"page_id\":\"5\"}", "{\"version\":3,\"text\":\"y\"}"}}),
                 Rules{"memory.stale_read:check"});
        QCOMPARE(rulesIn({write, {"get_page", "{\"page_id\":\"5\"}", "{\"version\":4,\"text\":\"y\"}"}}), Rules());
    }

    void whatIsThereIsNot()
    {
        QCOMPARE(rulesIn({bonn, {"memory_get", "{\"key\":\"city\"}", "Bonn"}}), Rules());
        QCOMPARE(rulesIn({bonn, rome, {"memory_get", "{\"key\":\"city\"}", "Rome"}}), Rules());
        QCOMPARE(rulesIn({bonn, rome, {"memory_get", "{\"key\":\"name\"}", "Bonn"}}), Rules());
        QCOMPARE(rulesIn({bonn, rome, bonn, {"memory_get", "{\"key\":\"city\"}", "Bonn"}}), Rules());
        QCOMPARE(rulesIn({bonn, rome, {"memory_get", "{\"key\":\"city\"}", "Oslo"}}), Rules()); // from elsewhere
        QCOMPARE(
            rulesIn({rome, {"memory_get", "{\"key\":\"city\"}", "Bonn"}, {"memory_get", "{\"key\":\"city\"}", "Bonn"}}),
            Rules());
    }
};

QTEST_APPLESS_MAIN(TestMemoryReads)
#include "tst_memoryreads.moc"
