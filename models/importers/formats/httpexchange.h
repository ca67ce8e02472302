// HttpExchange: one request and its response as recordings of HTTP hold them, and what a model said in it.
#pragma once

#include "messageparts.h"
#include "streamedresponse.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Of a cassette's interaction or of an entry of an HTTP archive.
struct HttpExchange {
    std::string method;
    std::string url;
    int status = 0; ///< 0: not recorded
    std::string request;
    std::string response; ///< unpacked
    std::string error;    ///< what the client said of a failure
    Nanos start = noTime;
    Nanos took = noTime;
    std::string timings;            ///< of HAR, a JSON object
    std::vector<std::string> notes; ///< what cannot be read

    /// Host of the URL, without port; "" where there is none.
    std::string_view host() const;
};

/// Reads one. The members may have the names that vcrpy, Ruby's VCR, go-vcr and HAR use.
HttpExchange readExchange(const JsonObject& record);

/// Whether the request has what models are asked with, whatever the answer is.
bool asksModel(const HttpExchange& exchange);
/// Takes what a model answered, streamed or whole, of any known vendor. False where the exchange is no model call; then
/// the response is as it was or worthless.
bool takeAnswer(const HttpExchange& exchange, StreamedResponse& response);

/// The model that was asked for, in the request or in the URL; "" where neither says it.
std::string requestedModel(const HttpExchange& exchange);
/// How the API that was spoken to is called, by its host; the host itself where it is not known.
std::string providerOf(const HttpExchange& exchange);
/// The messages that were sent.
void appendRequest(const HttpExchange& exchange, std::vector<Message>& messages, std::vector<std::string>& notes);

/// The content of an exchange for the one who looks at it.
SpanContent exchangeContent(const HttpExchange& exchange);

} // namespace arcscope
