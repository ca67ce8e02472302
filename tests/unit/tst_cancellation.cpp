// layers: importers
#include "cancellation.h"

#include <QTest>

using namespace arcscope;

class TestCancellation : public QObject
{
    Q_OBJECT

private slots:
    void words()
    {
        for (const char* word :
             {"cancelled", "CANCELED", "aborted", "user_cancelled", "client-canceled", "interrupted"})
            QVERIFY2(meansCancelled(word), word);
        for (const char* word : {"", "stop", "cancel the order", "uninterrupted", "error", "content_filter"})
            QVERIFY2(!meansCancelled(word), word);
    }

    void exceptions()
    {
        for (const char* type : {"asyncio.exceptions.CancelledError", "AbortError", "APIUserAbortError",
                                 "System.Threading.Tasks.TaskCanceledException", "KeyboardInterrupt",
                                 "java.util.concurrent.CancellationException"})
            QVERIFY2(isCancellation(type), type);
        for (const char* type : {"", "TimeoutError", "CancelledErrorHandler", "openai.APIError"})
            QVERIFY2(!isCancellation(type), type);
    }

    void statusMessages()
    {
        QVERIFY(cancellationIn("Cancelled by the user") == Provenance::Declared);
        QVERIFY(cancellationIn("canceled") == Provenance::Declared);
        QVERIFY(cancellationIn("CancelledError: ") == Provenance::Inferred);
        QVERIFY(cancellationIn("context canceled") == Provenance::Inferred);
        QVERIFY(cancellationIn("Request was aborted.") == Provenance::Inferred);
        QVERIFY(cancellationIn("") == Provenance::NotRecorded);
        QVERIFY(cancellationIn("cancellation of the order failed") == Provenance::NotRecorded);
        QVERIFY(cancellationIn("could not be cancelled") == Provenance::NotRecorded);
    }

    void declaredComesBeforeInferred()
    {
        SpanRecord span;
        setCancelled(span, Provenance::Inferred);
        setCancelled(span, Provenance::Declared);
        setCancelled(span, Provenance::Inferred);
        QVERIFY(span.status == SpanStatus::Cancelled);
        QVERIFY(span.provenance.of(Fact::Status) == Provenance::Declared);
    }
};

QTEST_APPLESS_MAIN(TestCancellation)
#include "tst_cancellation.moc"
