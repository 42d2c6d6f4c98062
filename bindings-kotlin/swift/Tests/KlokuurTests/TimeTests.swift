import Foundation
import XCTest

@testable import Klokuur

final class TimeTests: XCTestCase {
    func testAnInstantCrossesTheBoundary() throws {
        for seconds in [-0.5, 0, 1_773_000_000.25] {
            let date = Date(timeIntervalSince1970: seconds)
            XCTAssertEqual(try echo(at: date), date)
        }
    }
}
