// OTLP's AnyValue in JSON, made ordinary JSON.
#pragma once

#include <string>
#include <string_view>

namespace arcscope
{

/// {"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"1"}]}} becomes ["a",1]; kvlists become objects, bytes
/// their base64 text, {} null. Both spellings of keys. Text that is no AnyValue is given back as it is.
std::string plainJson(std::string_view anyValue);

/// The name behind which an AnyValue has its value.
enum class AnyKind : unsigned char { None, String, Bool, Int, Double, Array, KeyValues, Bytes };
AnyKind anyKind(std::string_view key);

} // namespace arcscope
