import Foundation

print(try SellerInbox(log: sampleLog).show(Date(timeIntervalSince1970: 1_773_651_600)))
