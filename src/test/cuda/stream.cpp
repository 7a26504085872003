#include "stream.h"

#include "card.h"

namespace simulation {

bool Stream::advance() {
  if (operations_.empty()) {
    return false;
  }
  Operation operation = std::move(operations_.front().operation);
  operations_.pop_front();
  if (!card().broken) {  // afterwards nothing happens any more
    if (Finding finding = operation()) {
      card().broken = finding;
    }
  }
  return true;
}

void Stream::drop_copies_to_program() {
  std::erase_if(operations_, [](const Entry& entry) { return entry.to_program; });
}

void Event::record(const std::shared_ptr<Event>& event, const std::shared_ptr<Stream>& stream) {
  event->stream_ = stream;
  uint64_t number = ++event->recorded_;
  stream->add([event, number] {
    event->reached_ = number;
    return Finding();
  });
}

bool Event::advance() {
  auto stream = stream_.lock();
  return stream && !reached() && stream->advance();
}

}  // namespace simulation
