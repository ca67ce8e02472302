// Result<T>: a value or an Error, for operations that can fail.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace arcscope
{

enum class ErrorCode : std::uint8_t {
    Cancelled,
    NotFound,
    Unreadable,
    UnknownFormat,
    Malformed,
    Unsupported,
    Store,
    Usage
};

/// Why an operation could not be done. The message names the file, the place and what was expected, for a person.
struct Error {
    ErrorCode code = ErrorCode::Malformed;
    std::string message;

    bool operator==(const Error&) const = default;
};

/// Adds the place to an error on its way up: "PLACE: MESSAGE".
inline Error within(Error error, std::string_view place)
{
    error.message.insert(0, std::string(place) + ": ");
    return error;
}

/// A value or an Error. A subset of std::expected, which C++23 will put in its place.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// Only where has_value().
    T& value() &
    {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    const T& value() const&
    {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    T&& value() &&
    {
        assert(has_value());
        return std::move(*std::get_if<0>(&m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    /// Only where not has_value().
    const Error& error() const&
    {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }
    Error&& error() &&
    {
        assert(!has_value());
        return std::move(*std::get_if<1>(&m_state));
    }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value: `return {};`
template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_failed(true)
    {
    }

    bool has_value() const { return !m_failed; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const
    {
        assert(m_failed);
        return m_error;
    }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace arcscope
