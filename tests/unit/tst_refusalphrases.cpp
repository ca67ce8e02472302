// layers: core analysis
#include "refusalphrases.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestRefusalPhrases : public QObject
{
    Q_OBJECT

private slots:
    void declines_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        const auto add = [](const char* language, const char* text) {
            QTest::addRow("%s: %s", language, QByteArray(text).left(30).constData()) << language << text;
        };
        add("German", "Es tut mir leid, aber dabei kann ich nicht helfen.");
        add("German", "Leider kann ich Ihnen nicht weiterhelfen. Das wäre gegen das Gesetz.");
        add("French", "Je suis désolé, mais je ne peux pas vous aider à faire cela.");
        add("French", "Désolé. Je ne peux pas répondre à cette demande.");
        add("Spanish", "Lo siento, no puedo ayudarte con eso.");
        add("Spanish", "Lo siento. No me es posible, no puedo ayudar con esta petición.");
        add("Portuguese", "Desculpe, mas não posso ajudar com esse pedido.");
        add("Italian", "Mi dispiace, ma non posso aiutarti con questa richiesta.");
        add("Dutch", "Sorry, daar kan ik je niet mee helpen.");
        add("Russian", "Извините, я не могу с этим помочь.");
        add("Chinese", "很抱歉，我无法协助您完成这个请求。");
        add("Chinese", "對不起，我無法提供協助。");
        add("Japanese", "申し訳ありませんが、そのご依頼にはお応えできません。");
        add("Japanese", "申し訳ございません。お手伝いすることはできません。");
        add("Korean", "죄송하지만 그 요청은 도와드릴 수 없습니다.");
    }
    void declines()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        const std::string bytes = text.toStdString();
        const auto phrase = refusalPhrase(bytes);
        QVERIFY(phrase);
        QCOMPARE(QString::fromUtf8(phrase->language.data(), static_cast<int>(phrase->language.size())), language);
        QVERIFY(phrase->from >= 0 && phrase->from < phrase->to && phrase->to <= std::ssize(bytes));
    }

    void answers_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {
                 "Ich konnte die Datei nicht finden, also habe ich die zweite genommen.",
                 "Der Drucker kann keine Folien bedrucken. Nehmen Sie einen anderen.",
                 "Die Medizin kann nicht helfen, wenn man sie zu spät nimmt.",
                 "Das Zelt wiegt 2 kg. Es tut mir leid, aber dabei kann ich nicht helfen.",
                 "Le fichier ne peut pas être lu. Je l'ai remplacé.",
                 "No puedo encontrar su pedido. ¿Me da el número?",
                 "Não foi possível abrir o arquivo, por isso usei o segundo.",
                 "Non posso trovare il suo ordine. Mi dà il numero?",
                 "我无法找到您的订单。请提供订单号。",
                 "ご注文が見つかりません。番号を教えてください。",
                 "파일을 찾을 수 없습니다.",
                 "Das kann ich leider nicht, aber ich kann dabei nicht helfen, was offen bleibt: aber ich kann es "
                 "erklären.",
                 "",
                 "...",
                 "\xff\xfe\x80",
             })
            QTest::newRow(QByteArray(text).left(40)) << QString::fromUtf8(text);
    }
    void answers()
    {
        QFETCH(QString, text);
        QVERIFY(!refusalPhrase(text.toStdString()));
    }

    void theRuleIsNamed()
    {
        TraceScript script("t a - model 0-10 stop=end_turn\n");
        script.content("a").output = {said(Role::Assistant, "Lo siento, no puedo ayudarte con eso.")};
        const auto found = findingsOf(detectorNamed("stops"), script);
        QCOMPARE(rulesOf(found), std::vector<std::string>{"stop.refusal:check"});
        QVERIFY(found[0].facts[0].text.starts_with("refusal_phrase: "));
        QCOMPARE(found[0].places[0].quote, std::string("Lo siento, no puedo ayudarte con eso."));
    }
};

QTEST_APPLESS_MAIN(TestRefusalPhrases)
#include "tst_refusalphrases.moc"
