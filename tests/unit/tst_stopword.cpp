// layers: core analysis
#include "stopword.h"

#include <QTest>

#include <set>

using namespace arcscope;
using enum StopClaim;

class TestStopWord : public QObject
{
    Q_OBJECT

private slots:
    void spellings_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("claim");
        const auto add = [](const char* vendor, const char* words, StopClaim claim) {
            QTest::addRow("%s: %s", vendor, std::string(name(claim)).c_str()) << words << static_cast<int>(claim);
        };
        add("Anthropic", "end_turn", Complete);
        add("Anthropic", "max_tokens", Length);
        add("Anthropic", "stop_sequence", StopSequence);
        add("Anthropic", "tool_use", ToolCall);
        add("Anthropic", "pause_turn", Pause);
        add("Anthropic", "refusal", Refusal);
        add("Anthropic", "model_context_window_exceeded", ContextWindow);
        add("Anthropic", "compaction", Compaction);
        add("Gemini", "FinishReason.STOP FINISH_REASON_STOP", Complete);
        add("Anthropic", "StopReason.max_tokens", Length);
        add("OpenAI chat", "stop", Complete);
        add("OpenAI chat", "length", Length);
        add("OpenAI chat", "tool_calls function_call", ToolCall);
        add("OpenAI chat", "content_filter", ContentFilter);
        add("OpenAI responses", "completed", Complete);
        add("OpenAI responses", "failed", Error);
        add("OpenAI responses", "cancelled", Cancelled);
        add("OpenAI responses", "incomplete in_progress queued", Unknown);
        add("OpenAI responses", "server_error invalid_prompt data_residency_mismatch", Error);
        add("OpenAI responses",
            "invalid_image invalid_base64_image image_parse_error image_too_large failed_to_download_image "
            "unsupported_image_media_type image_file_not_found",
            Error);
        add("OpenAI responses", "image_content_policy_violation", ContentFilter);
        add("OpenAI responses", "rate_limit_exceeded", RunLimit);
        add("OpenAI responses", "vector_store_timeout", Timeout);
        add("OpenAI responses", "content_filter bio_policy", ContentFilter);
        add("AI SDK", "content-filter", ContentFilter);
        add("AI SDK", "tool-calls", ToolCall);
        add("OpenAI responses", "max_output_tokens", Length);
        add("OpenAI realtime", "turn_detected client_cancelled", Cancelled);
        add("Gemini", "STOP", Complete);
        add("Gemini", "MAX_TOKENS", Length);
        add("Gemini",
            "SAFETY LANGUAGE BLOCKLIST PROHIBITED_CONTENT SPII IMAGE_SAFETY IMAGE_PROHIBITED_CONTENT "
            "JAILBREAK",
            ContentFilter);
        add("Gemini", "RECITATION IMAGE_RECITATION", Recitation);
        add("Gemini", "MODEL_ARMOR", Guardrail);
        add("Gemini",
            "MALFORMED_FUNCTION_CALL UNEXPECTED_TOOL_CALL TOO_MANY_TOOL_CALLS "
            "MISSING_THOUGHT_SIGNATURE",
            Malformed);
        add("Gemini", "CONTINUATION", Pause);
        add("Gemini", "OTHER FINISH_REASON_UNSPECIFIED BLOCKED_REASON_UNSPECIFIED IMAGE_OTHER NO_IMAGE", Unknown);
        add("Bedrock", "end_turn", Complete);
        add("Bedrock", "guardrail_intervened", Guardrail);
        add("Bedrock", "content_filtered", ContentFilter);
        add("Bedrock", "malformed_model_output malformed_tool_use", Malformed);
        add("Cohere", "COMPLETE", Complete);
        add("Cohere", "STOP_SEQUENCE", StopSequence);
        add("Cohere", "MAX_TOKENS", Length);
        add("Cohere", "TOOL_CALL", ToolCall);
        add("Cohere", "ERROR", Error);
        add("Cohere", "TIMEOUT", Timeout);
        add("Cohere", "ERROR_TOXIC", ContentFilter);
        add("Cohere", "ERROR_LIMIT", ContextWindow);
        add("Cohere", "USER_CANCEL", Cancelled);
        add("Mistral", "model_length", ContextWindow);
        add("Mistral", "error", Error);
        add("Ollama", "load unload", Unknown);
        add("vLLM", "abort", Cancelled);
        add("vLLM", "repetition", Malformed);
        add("TGI", "eos_token", Complete);
        add("DeepSeek", "insufficient_system_resource", Error);
        add("MCP", "endTurn", Complete);
        add("MCP", "stopSequence", StopSequence);
        add("MCP", "maxTokens", Length);
        add("MCP", "toolUse", ToolCall);
        add("Vercel", "tool-calls", ToolCall);
        add("Vercel", "content-filter", ContentFilter);
        add("runs", "error_max_turns max_turns error_max_budget_usd exit_cost usage_limit_exceeded", RunLimit);
        add("runs", "aborted interrupted aborted_streaming", Cancelled);
        add("runs", "exit_context prompt_too_long", ContextWindow);
        add("runs", "submitted success", Complete);
    }
    void spellings()
    {
        QFETCH(QString, words);
        QFETCH(int, claim);
        for (const QString& word : words.split(' ')) {
            QVERIFY2(isKnownStopWord(word.toStdString()), qPrintable(word));
            QCOMPARE(name(claimOf(word.toStdString())), name(static_cast<StopClaim>(claim)));
        }
    }

    void everyListedWordIsKnown()
    {
        std::set<std::string_view> vendors;
        for (const StopVocabulary& vocabulary : stopVocabularies()) {
            QVERIFY(vendors.insert(vocabulary.vendor).second);
            QVERIFY(!vocabulary.words.empty());
            for (const std::string_view word : vocabulary.words)
                QVERIFY2(isKnownStopWord(word), std::string(word).c_str());
        }
    }

    void severalInOne()
    {
        QCOMPARE(claimOf("[\"stop\"]"), Complete);
        QCOMPARE(claimOf("stop,tool_calls"), ToolCall);
        QCOMPARE(claimOf("stop, eager"), Complete);
        QCOMPARE(claimOf("submitted (exit_cost)"), RunLimit);
        QVERIFY(isKnownStopWord("submitted (exit_cost)"));
    }

    void otherWords()
    {
        QCOMPARE(claimOf(""), NotRecorded);
        QVERIFY(!isKnownStopWord(""));
        for (const char* word : {"eager_stop", "stopped!", "завершено", "[]", "\"\"", "-", "1"}) {
            QVERIFY2(!isKnownStopWord(word), word);
            QCOMPARE(claimOf(word), Unknown);
        }
        const std::string lengthy(1 << 20, 'x');
        QVERIFY(!isKnownStopWord(lengthy));
    }

    void claimsHaveNames()
    {
        std::set<std::string_view> names;
        for (int i = 0; i < stopClaimCount; ++i)
            QVERIFY(!name(static_cast<StopClaim>(i)).empty() && names.insert(name(static_cast<StopClaim>(i))).second);
        QCOMPARE(name(RunLimit), "run limit");
        QCOMPARE(name(Unknown), "unknown");
    }
};

QTEST_APPLESS_MAIN(TestStopWord)
#include "tst_stopword.moc"
