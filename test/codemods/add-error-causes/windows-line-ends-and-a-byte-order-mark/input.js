// Orders
export async function place(order) {
	try {
		return await orders.insert(order)
	} catch {
		throw new Error(
			'could not place order'
		)
	}
}
